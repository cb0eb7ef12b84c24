"""What waits although nobody who could decide it is free of conflict: the integrity officers must know of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hub.access.audience import Tlp
from hub.access.viewer import Role, Viewer
from hub.integrity.permissions import Conflict, Involvement
from hub.integrity.queries import deciders, free_of_conflict


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
        address: the innovation's slug, or None where the viewer may not know.
        tlp: the label of the innovation, or None for anything else.
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


def free_and_all(
    involvement: Involvement, candidates: Sequence[Viewer], but: Collection[int | None] = ()
) -> tuple[int, int]:
    """Return how many candidates are free of conflict, and how many there are; `but` had their say already."""
    left = [each for each in candidates if each.member_id not in but]
    return len(free_of_conflict(involvement, left)), len(left)


class Bench:
    """Everybody who decides in some roles, looked up once and only if a list holds a conflict."""

    def __init__(self, roles: frozenset[Role] = frozenset({Role.COORDINATOR})) -> None:
        self.roles = roles

    @cached_property
    def deciders(self) -> Sequence[Viewer]:
        """Who has one of the roles now."""
        return deciders(self.roles)

    def leaves_nobody(
        self, conflict: Conflict | None, involvement: Involvement, but: Collection[int | None] = ()
    ) -> bool:
        """Whether nobody can decide a thing with which the one who asks has `conflict`; `but` had their say."""
        return conflict is not None and not free_of_conflict(involvement, self.deciders, but)
