"""Roles: who holds which (`listing`), proposals by one person and their approval by another (`proposals`)."""

from hub.web.appointments import listing, proposals

__all__ = ["listing", "proposals"]
