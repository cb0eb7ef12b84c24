"""Shortlists: `views` makes and shows them, `entries` fills them, `sharing` shares them, `exporting` sends them out."""

from hub.web.shortlists import adding, dossier, entries, exporting, sharing, views

__all__ = ["adding", "dossier", "entries", "exporting", "sharing", "views"]
