"""What waits although too few who could decide it are free of conflict: the integrity officers must know of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.integrity.permissions import Involvement, conflict_of
from hub.integrity.queries import deciders

COORDINATORS = frozenset({Role.COORDINATOR})
"""Who decides about records and people."""


@dataclass(frozen=True)
class Escalated:
    """One thing that too few people can decide. It never decides itself: somebody must get the role first.

    Args:
        kind: what it is, such as `revision`, `evidence`, `application` or `role`.
        waiting_since: when it came in.
        candidates: how many people have the role and have not had their say on it.
        free: how many of them are free of conflict.
        needed: how many it takes.
        title: what it is about, or None where the viewer may not know.
        language: BCP 47 code of the title, or None.
        address: the innovation's slug or the request's random id, or None where the viewer may not know.
        tlp: the label of the innovation or request, or None for anything else.
    """

    kind: str
    waiting_since: datetime
    candidates: int
    free: int
    needed: int = 1
    title: str | None = None
    language: str | None = None
    address: str | None = None
    tlp: Tlp | None = None

    @property
    def conflicts(self) -> int:
        """How many of the candidates have a conflict."""
        return self.candidates - self.free


@dataclass(frozen=True)
class Shortage:
    """That fewer people are free to decide a thing than it takes, so that it is escalated.

    Args:
        candidates: how many people have the role and have not had their say on it.
        free: how many of them are free of conflict.
        needed: how many it takes.
    """

    candidates: int
    free: int
    needed: int


class Bench:
    """Everybody who decides in some roles, looked up once and only if something asks."""

    def __init__(self, roles: frozenset[Role] = COORDINATORS) -> None:
        self.roles = roles

    @cached_property
    def deciders(self) -> Sequence[Viewer]:
        """Who has one of the roles now."""
        return deciders(self.roles)

    def shortage(
        self,
        involvement: Involvement,
        *,
        needed: int = 1,
        but: Collection[int | None] = (),
        among: frozenset[Role] | None = None,
    ) -> Shortage | None:
        """Return by how much a thing is short of people who may decide it, or None: the one rule of escalation.

        Args:
            involvement: who takes part in it.
            needed: how many people it still takes.
            but: ids of members who had their say already.
            among: which of the roles decide it; None for all of the bench.
        """
        left = [each for each in self._with(among) if each.member_id not in but]
        free = sum(conflict_of(each, involvement) is None for each in left)
        return Shortage(len(left), free, needed) if free < needed else None

    def is_free(
        self, member_id: int, involvement: Involvement, *, among: frozenset[Role] | None = None
    ) -> bool:
        """Whether one member may decide a thing now, so that what they agreed to still counts."""
        return any(
            each.member_id == member_id and conflict_of(each, involvement) is None
            for each in self._with(among)
        )

    def _with(self, among: frozenset[Role] | None) -> Sequence[Viewer]:
        return [each for each in self.deciders if each.roles & (among or self.roles)]
