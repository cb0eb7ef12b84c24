"""Showcases: events where innovations are presented, from the call for entries to what came of it."""
