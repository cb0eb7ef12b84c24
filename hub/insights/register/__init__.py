"""The public register of decisions: what was decided about public things, how fast, and who stood aside, unnamed."""
