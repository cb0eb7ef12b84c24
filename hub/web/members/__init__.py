"""Members: the directory (`search`), one page (`reading`), messages and blocks (`writing`), reports of abuse."""

from hub.web.members import reading, reporting, search, writing

__all__ = ["reading", "reporting", "search", "writing"]
