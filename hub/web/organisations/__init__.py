"""Organisations: directory (`search`), page (`reading`), registering and changing, people, leaving, verification."""

from hub.web.organisations import changing, leaving, people, reading, registering, search, verifying

__all__ = ["changing", "leaving", "people", "reading", "registering", "search", "verifying"]
