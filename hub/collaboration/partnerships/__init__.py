"""What follows an accepted response: a small plan, the start of the work, outcomes that both sides sign."""
