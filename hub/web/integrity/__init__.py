"""What integrity officers read: escalated matters, the audit log, declared interests, erasures of logged matter."""

from hub.web.integrity import desk, erasures, interests, log

__all__ = ["desk", "erasures", "interests", "log"]
