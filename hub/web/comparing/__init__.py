"""Innovations side by side: what each says about the same thing, and where they differ."""
