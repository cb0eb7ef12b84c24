"""The pages before an account: where to report instead, the terms, and joining."""

from hub.web.joining import report, terms

__all__ = ["report", "terms"]
