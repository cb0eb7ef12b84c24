"""Organisations and who speaks for them; builds the Viewer of a member."""
