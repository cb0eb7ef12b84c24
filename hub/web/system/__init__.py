"""Addresses about the hub itself: signs of life, and the language of its pages."""
