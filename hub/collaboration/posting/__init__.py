"""Posting requests: what is said, what can never be true of it, drafts, sending them off."""
