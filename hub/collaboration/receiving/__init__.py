"""What named receivers do with a request besides responding to it."""
