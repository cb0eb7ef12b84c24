"""Signing in and out, and the pages about one's own account, one file a thing."""

from hub.web.account import outbox_demo, signing_in, views

__all__ = ["outbox_demo", "signing_in", "views"]
