"""The pages before an account: where to report instead, the terms, and joining."""

from hub.web.joining import apply, invited, report, terms

__all__ = ["apply", "invited", "report", "terms"]
