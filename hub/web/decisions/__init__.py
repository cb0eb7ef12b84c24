"""The pages of how the hub decides, and what proves that its log was not rewritten."""

from hub.web.decisions import integrity, register

__all__ = ["integrity", "register"]
