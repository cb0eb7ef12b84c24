"""Innovations: identity, revisions, review and publication. The heart of the hub."""
