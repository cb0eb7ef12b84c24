"""What the hub can count about itself: metrics with history, charts and map, the public register of decisions."""
