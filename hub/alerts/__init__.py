"""What members follow, and what is new in it."""
