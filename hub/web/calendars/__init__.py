"""Calendar files: of showcases, their programmes and slots, of all public ones, and under a member's secret address."""

from hub.web.calendars import files, personal

__all__ = ["files", "personal"]
