"""Shortlists: `views` makes and shows them, `adding` and `entries` fill them, `sharing` shares them.

`exporting` and `dossier` take them along, as a file and on paper.
"""

from hub.web.shortlists import adding, dossier, entries, exporting, sharing, views

__all__ = ["adding", "dossier", "entries", "exporting", "sharing", "views"]
