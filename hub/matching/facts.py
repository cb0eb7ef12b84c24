"""What matching knows of one thing: texts with their readers, and chosen codes. Knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What can be paired; the values are how the audit log's subjects begin."""

    MEMBER = "member"
    INNOVATION = "innovation"
    REQUEST = "request"
    ORGANISATION = "organisation"


class Role(StrEnum):
    """What a text is to the thing that it belongs to."""

    ABOUT = "about"
    """What a thing says of itself: record, request, headline of a profile, description of an organisation."""
    BIOGRAPHY = "biography"
    OFFERS = "offers"
    NEEDS = "needs"
    OWN_INNOVATION = "own_innovation"
    OWN_REQUEST = "own_request"


class Scheme(StrEnum):
    """What a code says."""

    FUNCTIONS = "functions"
    OFFENCES = "offences"
    SECTORS = "sectors"
    SKILLS = "skills"
    """Of a request: the skills that its words name."""
    LANGUAGES = "languages"
    COUNTRIES = "countries"
    UNSUITABLE = "unsuitable"
    """Countries where an innovation cannot be used."""
    STANDARDS = "standards"
    """Data standards that an innovation reads or writes, or that the words of a member or request name."""
    STANDARDS_READ = "standards_read"
    STANDARDS_WRITTEN = "standards_written"
    INTENDED_USERS = "intended_users"
    MEMBER_TYPES = "member_types"
    """Of a member, their type; of a request, the types wanted."""
    OPEN_TO = "open_to"
    TYPE = "type"
    """Of a request, its type; of an innovation, its kind; of an organisation, its type."""
    STAGE = "stage"
    EVIDENCE = "evidence"
    """One code, the level as a digit."""
    OWNERS = "owners"
    """Slugs of the organisations that a thing belongs to, so that a list is not ten of one."""


NO_CODES: Mapping[Scheme, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Text:
    """One text of a thing in one language.

    Args:
        role: what it is to the thing.
        language: BCP 47 tag of its words.
        title: words that weigh most: a name, a headline.
        summary: words that weigh more than the body.
        body: all other words.
        labels: visibility labels of who may read it, where that is fewer than may read the thing; None else.
    """

    role: Role
    language: str
    title: str = ""
    summary: str = ""
    body: str = ""
    labels: frozenset[str] | None = None


@dataclass(frozen=True)
class Facts:
    """What matching knows of one thing.

    Args:
        kind: what it is.
        key: its public id, or an organisation's slug.
        labels: visibility labels; who holds one of them may see it.
        texts: its texts, each role and language at most once save those of own innovations and requests.
        codes: chosen codes; a scheme that says nothing is left out: it is missing, not empty.
        until: seconds since 1970 from which it is suggested no more, such as a due date; None without end.
    """

    kind: Kind
    key: str
    labels: frozenset[str]
    texts: tuple[Text, ...] = ()
    codes: Mapping[Scheme, frozenset[str]] = field(default_factory=lambda: NO_CODES)
    until: float | None = None

    @property
    def subject(self) -> str:
        """How the audit log, notifications and dismissals name it."""
        return f"{self.kind}:{self.key}"
