"""What the hub counts about itself: a small vocabulary of metrics, each with definition, unit and query."""
