"""What integrity officers read: escalated matters (`desk`), the audit log (`log`), declared interests (`interests`)."""

from hub.web.integrity import desk, interests, log

__all__ = ["desk", "interests", "log"]
