"""Whose things are suggested how often, what came of suggestions, and the floor that keeps small countries in view."""
