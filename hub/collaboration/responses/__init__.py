"""Responding to requests: drafting, submitting, comparing, choosing."""
