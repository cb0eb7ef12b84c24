"""Organisations: registered, verified each year by who is free of conflict, left, and merged by two people."""
