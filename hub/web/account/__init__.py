"""Signing in and out, and the page about one's own account."""
