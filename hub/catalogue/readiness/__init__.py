"""What countries state about prerequisites, and what an innovation still lacks in a country."""
