"""Formats in and out: records as CSV, JSON and JSON-LD. Knows no HTTP; words come from a translator given to it."""
