"""Reports that a member abuses the hub: who sends them, and which coordinator decides them."""
