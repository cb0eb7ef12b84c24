"""What the two sides of a response write to one another, and the coordinators whom they call."""
