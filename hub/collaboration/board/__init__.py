"""What waits on whom in collaboration, and how fast organisations answer."""
