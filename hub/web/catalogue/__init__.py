"""The catalogue's pages: finding and reading (`reading`), registering and changing (`views`)."""

from hub.web.catalogue import reading, views

__all__ = ["reading", "views"]
