"""What the insights page draws: counts of what visitors see, and what is missing. No words, no pictures."""
