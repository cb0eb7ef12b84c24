"""Introductions: asking for one (`asking`), lists and pages of one's own (`reading`), answers (`answering`)."""

from hub.web.introductions import answering, asking, reading

__all__ = ["answering", "asking", "reading"]
