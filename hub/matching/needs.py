"""Needs without matches: open requests and what members look for, where nothing on the hub fits well.

A need is on the board by what every member may see, as the daily count measured it; who reads the board sees of it
only what they may see anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, case, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.models.request import TAKES_RESPONSES
from hub.collaboration.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Facts, Kind, Role, Scheme
from hub.matching.models import Strength
from hub.matching.permissions import can_curate_matching
from hub.matching.subjects import live
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import listed_for
from hub.members.profiles.queries import ShownProfile, listed_profiles

MET_FROM = 50
"""From which score on a need counts as met by its best suggestion: half of all points."""

FEW_WORDS = 25
"""Words below which a need says little."""

SOON = timedelta(days=14)
"""How long before its due date a request ends soon."""

TOPICS = frozenset({Scheme.FUNCTIONS, Scheme.OFFENCES, Scheme.SECTORS})


class Hint(StrEnum):
    """Why a need may have no match."""

    NOTHING = "nothing"
    """Nothing that every member may see is about it."""
    FAR = "far"
    """Something touches it, and fits in little else."""
    SHORT = "short"
    NO_TOPICS = "no_topics"
    """It names no function, offence or sector."""
    ENDS_SOON = "ends_soon"


@dataclass(frozen=True)
class UnmetNeed:
    """A need without a match.

    Args:
        kind: a request, or a member who says what they look for.
        since: since when it stands there so.
        innovation: score of the innovation that fits best, 0 to 100.
        person: the same of members and organisations.
        hints: why that may be.
        words: how many words it has.
        request: the request, or None.
        profile: what the viewer may read of the member, or None.
    """

    kind: Kind
    since: datetime
    innovation: int
    person: int
    hints: tuple[Hint, ...]
    words: int
    request: CollaborationRequest | None = None
    profile: ShownProfile | None = None

    @property
    def best(self) -> int:
        """Score of what fits best."""
        return max(self.innovation, self.person)


def unmet_needs(viewer: Viewer, page: PageRequest, kind: Kind | None = None) -> Page[UnmetNeed]:
    """Return the needs that nothing fits well, the least met first, then the oldest.

    Args:
        viewer: who asks; what they may not see is neither shown nor counted.
        page: which part of them.
        kind: requests or members only; None for both.

    Raises:
        ForbiddenError: the viewer does not curate matching.
    """
    if not can_curate_matching(viewer):
        raise ForbiddenError
    needs = [each for of, each in _NEEDS.items() if kind in (None, of)]
    every = union_all(*(select_of(viewer) for select_of in needs)).subquery()
    best = case((Strength.innovation > Strength.person, Strength.innovation), else_=Strength.person)
    found = (
        select(Strength, every.c.since, best.label("best"))
        .join(every, every.c.subject == Strength.subject)
        .where(best < MET_FROM)
    )
    total = session().scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session().execute(
        found.order_by("best", every.c.since, Strength.subject).offset(page.offset).limit(page.per_page)
    )
    return Page(tuple(_shown(rows.all(), viewer)), total, page)


def hints_of(facts: Facts, best: int, due_at: datetime | None = None) -> tuple[Hint, ...]:
    """Return why a need may have no match: pure, but for the time.

    Args:
        facts: of the request or the member.
        best: score of what fits best.
        due_at: when a request ends.
    """
    codes = {scheme for scheme in TOPICS if facts.codes.get(scheme)}
    return tuple(
        hint
        for hint, holds in (
            (Hint.NOTHING, best == 0),
            (Hint.FAR, best > 0),
            (Hint.SHORT, words_in(facts) < FEW_WORDS),
            (Hint.NO_TOPICS, not codes),
            (Hint.ENDS_SOON, due_at is not None and due_at - clock.now() < SOON),
        )
        if holds
    )


def words_in(facts: Facts) -> int:
    """Return how many words a need has in its longest language."""
    wanted = Role.NEEDS if facts.kind is Kind.MEMBER else Role.ABOUT
    texts = (each for each in facts.texts if each.role is wanted)
    return max((len(f"{each.title} {each.summary} {each.body}".split()) for each in texts), default=0)


def _requests(viewer: Viewer) -> Select[Any, Any]:
    return select(
        literal("request:").concat(CollaborationRequest.public_id).label("subject"),
        CollaborationRequest.opened_at.label("since"),
    ).where(
        CollaborationRequest.status.in_(TAKES_RESPONSES),
        CollaborationRequest.due_at > clock.now(),
        visible_to(viewer),
    )


def _members(viewer: Viewer) -> Select[Any, Any]:
    return (
        select(
            literal("member:").concat(Member.public_id).label("subject"), Profile.updated_at.label("since")
        )
        .select_from(Profile)
        .join(Profile.member)
        .where(Profile.needs != "", listed_for(viewer))
    )


_NEEDS = {Kind.REQUEST: _requests, Kind.MEMBER: _members}


def _shown(rows: Sequence[Row[Any]], viewer: Viewer) -> Iterable[UnmetNeed]:
    keys: dict[Kind, list[str]] = {Kind.REQUEST: [], Kind.MEMBER: []}
    for row in rows:
        kind, _, key = row.Strength.subject.partition(":")
        keys[Kind(kind)].append(key)
    facts = {kind: live(kind, found) for kind, found in keys.items() if found}
    requests = _by_id(keys[Kind.REQUEST])
    profiles = {each.public_id: each for each in listed_profiles(keys[Kind.MEMBER], viewer)}
    for row in rows:
        name, _, key = row.Strength.subject.partition(":")
        kind = Kind(name)
        said = facts[kind].get(key)
        if said is not None:
            request = requests.get(key)
            innovation, person = row.Strength.innovation, row.Strength.person
            yield UnmetNeed(
                kind=kind,
                since=row.since,
                innovation=innovation,
                person=person,
                hints=hints_of(said, max(innovation, person), request.due_at if request else None),
                words=words_in(said),
                request=request,
                profile=profiles.get(key),
            )


def _by_id(public_ids: Sequence[str]) -> Mapping[str, CollaborationRequest]:
    if not public_ids:
        return {}
    found = session().scalars(
        select(CollaborationRequest)
        .where(CollaborationRequest.public_id.in_(public_ids))
        .options(joinedload(CollaborationRequest.organisation), joinedload(CollaborationRequest.posted_by))
    )
    return {each.public_id: each for each in found}
