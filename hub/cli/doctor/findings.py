"""What a check is, what it looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from hub.config import LOOPBACK, Settings


class Level(StrEnum):
    """How bad a finding is; only a problem makes `hub doctor` fail."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report.

    Args:
        level: how bad it is.
        words: what was found, in a sentence.
        remedy: what to do about it, in a sentence; empty where there is nothing to do.
    """

    level: Level
    words: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.words} {self.remedy}".strip()


@dataclass(frozen=True)
class Situation:
    """What the checks look at.

    Args:
        settings: what the operator set.
        environment: the variables of this process.
    """

    settings: Settings
    environment: Mapping[str, str]

    @property
    def host(self) -> str:
        """The host of the base URL; empty where it has none."""
        try:
            return urlsplit(self.settings.base_url).hostname or ""
        except ValueError:
            return ""

    @property
    def is_local(self) -> bool:
        """Whether people reach this hub on this machine only."""
        return self.host in LOOPBACK


class Need(StrEnum):
    """What a check cannot do without."""

    NOTHING = "nothing"
    DATABASE = "database"
    """A database that answers, in whatever state its schema is."""
    SCHEMA = "schema"
    """A database whose schema is that of this version; such checks run with a session open."""


@dataclass(frozen=True)
class Check:
    """One row of the table of checks.

    Args:
        look: yields what it finds; nothing where the matter does not arise.
        need: what it cannot do without.
        is_dangerous: `hub serve` does not start while this finds a problem.
    """

    look: Callable[[Situation], Iterator[Finding]]
    need: Need = Need.NOTHING
    is_dangerous: bool = False


def ok(words: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(Level.OK, words)


def warning(words: str, remedy: str) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(Level.WARNING, words, remedy)


def problem(words: str, remedy: str) -> Finding:
    """Return a finding that is unsafe or broken."""
    return Finding(Level.PROBLEM, words, remedy)
