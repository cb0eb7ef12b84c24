"""What members say about themselves: who may read it, how it is changed, and how search finds it."""
