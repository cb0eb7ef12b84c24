"""How often whose things stand in the first ten suggestions of all members: computed, never taken from who looked.

Counted are only members, requests and innovations that every member may see, so that nothing hidden moves a sum, and
with it the floor. Lists are made with the usual weights; what people chose or set aside is not asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from hub.access.audience import EVERY_MEMBER
from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.matching.diversity import Candidate, diversified
from hub.matching.facts import Facts, Kind, Role
from hub.matching.fairness.floor import FIRST, Placed, with_floor
from hub.matching.fairness.groups import Groups, groups_of
from hub.matching.fairness.lifting import Floor, floor_for
from hub.matching.fairness.progress import STAGES, Progress
from hub.matching.index.spaces import Spaces
from hub.matching.models import Exposure, Strength
from hub.matching.parts import Pairing
from hub.matching.subjects import live
from hub.matching.suggesting.ordering import alike
from hub.matching.suggesting.suggestion import BLOCK
from hub.members.models import Member
from hub.organisations.models import Organisation

BATCH = 50
"""Things that are looked at between two notes of how far the count has come."""

KEPT_FOR = timedelta(days=400)
"""How long counts are kept, so that a day can be compared with that of a year ago."""

LISTS: Mapping[Kind, Pairing] = {
    Kind.INNOVATION: Pairing.MEMBER_INNOVATION,
    Kind.REQUEST: Pairing.MEMBER_REQUEST,
    Kind.MEMBER: Pairing.MEMBER_MEMBER,
}
"""The lists that each member gets."""


@dataclass(frozen=True)
class Best:
    """The scores of what fits one need best: of innovations, and of members and organisations."""

    subject: str
    innovation: float
    person: float


@dataclass
class Counter:
    """Counts batch after batch; holds nothing of a member between two batches.

    Args:
        spaces: what can be suggested.
        moment: as of when.
        floors: what is in force for lists of each kind.
        known: groups of things seen before, by kind and key.
        similar: the same, of what a list shall not be full.
    """

    spaces: Spaces
    moment: datetime
    floors: Mapping[Kind, Floor]
    known: dict[Kind, dict[str, Groups]] = field(default_factory=dict)
    similar: dict[tuple[Kind, str], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, spaces: Spaces, moment: datetime) -> "Counter":
        """Return one with the floor that is in force."""
        return cls(spaces, moment, {kind: floor_for(kind) for kind in LISTS})

    def go_on(self, progress: Progress) -> list[Best]:
        """Count the next batch, and note it in `progress`; return how well the needs in it are met.

        Args:
            progress: of a count that is not through yet.
        """
        kind = progress.kind
        if kind is None:
            return []
        keys = sorted(key for key in self.spaces.of(kind).keys() if key > progress.after)[:BATCH]  # noqa: SIM118 - no mapping
        if not keys:
            progress.stage, progress.after = progress.stage + 1, ""
            return []
        shown = [each for each in map(generally, live(kind, keys).values()) if each is not None]
        groups = self._groups(kind, [each.key for each in shown])
        for each in groups.values():
            progress.add(kind, each, things=1)
        best: list[Best] = []
        if kind is Kind.MEMBER:
            best = self._members(progress, shown)
        elif kind is Kind.REQUEST:
            best = self._requests(shown)
        progress.after = keys[-1]
        return best

    def _members(self, progress: Progress, members: Sequence[Facts]) -> list[Best]:
        own = own_keys([each.key for each in members])
        best = []
        for member in members:
            tops = {kind: self._list(kind, member, own.get(member.key, frozenset())) for kind in LISTS}
            for kind, (keys, lifted, _) in tops.items():
                groups = self._groups(kind, keys)
                for place, key in enumerate(keys):
                    if key in groups:
                        progress.add(
                            kind, groups[key], places=1, firsts=int(place == 0), lifted=int(key in lifted)
                        )
            if any(text.role is Role.NEEDS for text in member.texts):
                best.append(Best(member.subject, tops[Kind.INNOVATION][2], tops[Kind.MEMBER][2]))
        return best

    def _list(
        self, kind: Kind, left: Facts, left_out: frozenset[str]
    ) -> tuple[tuple[str, ...], frozenset[str], float]:
        """Return the first ten of a list, which of them stand there through the floor, and the best score."""
        ranked = self._ranked(LISTS[kind], kind, left, left_out)[:BLOCK]
        groups = self._groups(kind, [key for key, _ in ranked])
        varied = diversified([Candidate(key, score, self._alike(kind, key)) for key, score in ranked], BLOCK)
        floor = self.floors[kind]
        placed = [Placed(each.key, each.score, _from(groups.get(each.key, Groups()))) for each in varied]
        found = with_floor(placed, seldom=floor.seldom, percent=floor.percent)
        return found.keys[:FIRST], found.lifted, ranked[0][1] if ranked else 0.0

    def _requests(self, requests: Sequence[Facts]) -> list[Best]:
        own = posters([each.key for each in requests])
        return [
            Best(
                each.subject,
                self._best(Pairing.REQUEST_INNOVATION, Kind.INNOVATION, each, frozenset()),
                max(
                    self._best(Pairing.REQUEST_MEMBER, Kind.MEMBER, each, own.get(each.key, frozenset())),
                    self._best(
                        Pairing.REQUEST_ORGANISATION, Kind.ORGANISATION, each, own.get(each.key, frozenset())
                    ),
                ),
            )
            for each in requests
        ]

    def _best(self, pairing: Pairing, kind: Kind, left: Facts, left_out: frozenset[str]) -> float:
        ranked = self._ranked(pairing, kind, left, left_out)
        return ranked[0][1] if ranked else 0.0

    def _ranked(
        self, pairing: Pairing, kind: Kind, left: Facts, left_out: frozenset[str]
    ) -> list[tuple[str, float]]:
        ranked = self.spaces.of(kind).ranked(
            pairing,
            left,
            labels=EVERY_MEMBER,
            emphases={},
            moment=self.moment.timestamp(),
            statistics=self.spaces.statistics,
            limit=BLOCK + len(left_out),
        )
        pairs = zip(ranked.keys, ranked.scores, strict=True)
        return [(key, float(score)) for key, score in pairs if key not in left_out]

    def _alike(self, kind: Kind, key: str) -> frozenset[str]:
        if (kind, key) not in self.similar:
            self.similar[kind, key] = alike(self.spaces.of(kind).codes(key))
        return self.similar[kind, key]

    def _groups(self, kind: Kind, keys: Iterable[str]) -> dict[str, Groups]:
        known = self.known.setdefault(kind, {})
        wanted = list(keys)
        known.update(groups_of(kind, [key for key in wanted if key not in known]))
        return {key: known[key] for key in wanted if key in known}


def generally(facts: Facts) -> Facts | None:
    """Return of a thing what every member may see; None where they may not see it at all."""
    if not facts.labels & EVERY_MEMBER:
        return None
    texts = tuple(each for each in facts.texts if each.labels is None or each.labels & EVERY_MEMBER)
    return replace(facts, texts=texts)


def own_keys(members: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return what is not suggested to members because it is themselves or their own, by public id; two queries."""
    own: dict[str, set[str]] = {key: {key} for key in members}
    for model, by in (
        (Innovation, Innovation.registered_by_id),
        (CollaborationRequest, CollaborationRequest.posted_by_id),
    ):
        rows = session().execute(
            select(Member.public_id, model.public_id)
            .join(model, by == Member.id)
            .where(Member.public_id.in_(members))
        )
        for member, key in rows:
            own[member].add(key)
    return {member: frozenset(keys) for member, keys in own.items()}


def posters(requests: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return who posted requests: public id of the member and slug of the organisation, by public id; one query."""
    poster = aliased(Member)
    rows = session().execute(
        select(CollaborationRequest.public_id, poster.public_id, Organisation.slug)
        .join(poster, poster.id == CollaborationRequest.posted_by_id)
        .join(Organisation, Organisation.id == CollaborationRequest.organisation_id, isouter=True)
        .where(CollaborationRequest.public_id.in_(requests))
    )
    return {key: frozenset({member, slug} - {None}) for key, member, slug in rows}


def keep_strengths(best: Iterable[Best], moment: datetime) -> None:
    """Keep how well needs are met, in place of what was kept of the same; for a transaction."""
    for each in best:
        session().merge(
            Strength(
                subject=each.subject,
                innovation=_percent(each.innovation),
                person=_percent(each.person),
                measured_at=moment,
            )
        )


def store(progress: Progress, moment: datetime) -> None:
    """Keep the sums of a day in place of what was kept of it, and drop what is over; for a transaction.

    Args:
        progress: of a count that is through.
        moment: now.
    """
    session().execute(delete(Exposure).where(Exposure.day == progress.day))
    session().add_all(
        Exposure(
            day=progress.day,
            kind=kind,
            dimension=dimension,
            value=value,
            things=tally.things,
            places=tally.places,
            firsts=tally.firsts,
            lifted=tally.lifted,
            counted_at=moment,
        )
        for (kind, dimension, value), tally in progress.counted().items()
    )
    session().execute(delete(Exposure).where(Exposure.day < progress.day - KEPT_FOR))
    # needs that were met meanwhile, closed or hidden
    session().execute(delete(Strength).where(Strength.measured_at < progress.began_at))


def is_through(progress: Progress) -> bool:
    """Whether everything was looked at."""
    return progress.stage >= len(STAGES)


def _from(groups: Groups) -> frozenset[str]:
    return frozenset({groups.country} - {""})


def _percent(score: float) -> int:
    return max(0, min(100, round(score)))
