"""Collaboration requests, the responses to them, conversations, plans and outcomes."""
