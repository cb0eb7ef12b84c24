"""Evidence for an innovation, and the level that follows from what was accepted."""
