"""What the clock does about showcases: calls end, showcases begin and close, people are reminded."""
