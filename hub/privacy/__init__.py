"""What the hub holds about a person: given to them, erased, and kept no longer than it is needed."""
