"""Conflicts of interest, derived from an Involvement; knows no feature."""
