"""Which wording of the terms somebody agreed to who joined."""

CONSENT_VERSION = "2026-11-21"
"""The day of the present wording of `templates/joining/terms.html`: it changes with what is promised there."""
