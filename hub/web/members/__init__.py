"""Members: the directory (`search`), one page (`reading`), writing to them and blocking (`writing`), reports of abuse."""

from hub.web.members import reading, reporting, search, writing

__all__ = ["reading", "reporting", "search", "writing"]
