"""The catalogue's pages: finding (`search`), reading (`reading`), registering and changing (`views`)."""

from hub.web.catalogue import reading, search, views

__all__ = ["reading", "search", "views"]
