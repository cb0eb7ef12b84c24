"""Why something is suggested, or why not: every part of the match, and the place in the list."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.alerts.things import describe
from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.matching.facts import Facts, Kind
from hub.matching.index.index import MatchIndex
from hub.matching.models import Dismissal
from hub.matching.parts import Pairing
from hub.matching.scoring import Match, match
from hub.matching.subjects import live
from hub.matching.subjects.innovations import record_facts
from hub.matching.subjects.requests import request_facts
from hub.matching.suggesting.ordering import Emphases, Order, left_out_of, ordered
from hub.matching.suggesting.purposes import aim_of, kind_of
from hub.matching.suggesting.suggestion import Aim, LeftOut


@dataclass(frozen=True)
class Explanation:
    """Why something is suggested, or why not.

    Args:
        kind: what it is.
        key: its public id, or an organisation's slug.
        pairing: what is paired with what.
        match: how far it fits, part by part; None where the reader may know of it but not read what is compared.
        place: at which place of the list it stands, from 1; None where it does not.
        by_points: the place that its points alone would give it: lists mix owners, countries and kinds.
        is_from_floor: whether it stands there because things of its country are seldom suggested.
        total: how long the list is.
        left_out: why it does not stand there; None where it does.
        dismissal: of the reader, where they set it aside.
    """

    kind: Kind
    key: str
    pairing: Pairing
    match: Match | None
    place: int | None
    by_points: int | None
    is_from_floor: bool
    total: int
    left_out: LeftOut | None = None
    dismissal: Dismissal | None = None

    @property
    def subject(self) -> str:
        """How dismissals, notifications and the audit log name it."""
        return f"{self.kind}:{self.key}"


def why(
    index: MatchIndex, viewer: Viewer, purpose: str, subject: str, *, emphases: Emphases | None = None
) -> Explanation:
    """Return why something that `viewer` may know of is suggested to them, or why not.

    Args:
        index: what everything is compared in.
        viewer: who asks.
        purpose: for what it is suggested, as `hub.matching.suggesting.purposes` says.
        subject: what it is, such as `innovation:<public id>`.
        emphases: how much each part counts; None for what the viewer chose.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: they may not know of the thing or of what it is for, or there is no such thing: all are one.
        UnavailableError: the index is being prepared.
    """
    kind, _key = kind_of(subject)
    aim = aim_of(viewer, purpose, kind)
    thing = describe({subject}, viewer).get(subject)
    if thing is None:
        raise NotFoundError
    # an organisation that was merged is what it became
    key = thing.key
    order = ordered(index, viewer, aim, emphases)
    facts = live(kind, [key]).get(key)
    found = _matched(order, facts or _ended(kind, key))
    place = order.place_of(key)
    reason = None if place is not None else _left_out(order, key, facts, found)
    dismissal = _dismissal(viewer, aim, f"{kind}:{key}") if reason is LeftOut.DISMISSED else None
    return Explanation(
        kind=kind,
        key=key,
        pairing=aim.pairing,
        match=found,
        place=place.number if place else None,
        by_points=place.by_points if place else None,
        is_from_floor=place is not None and place.is_from_floor,
        total=len(order.scores),
        left_out=reason,
        dismissal=dismissal,
    )


def _ended(kind: Kind, key: str) -> Facts | None:
    """Return the facts of what is suggested no more: a closed request, an archived record."""
    if kind is Kind.INNOVATION:
        innovation = session().scalar(select(Innovation).where(Innovation.public_id == key))
        return record_facts(innovation) if innovation is not None and innovation.is_shown else None
    if kind is Kind.REQUEST:
        request = session().scalar(select(CollaborationRequest).where(CollaborationRequest.public_id == key))
        return None if request is None else request_facts(request)
    return None


def _matched(order: Order, facts: Facts | None) -> Match | None:
    left = order.aim.left
    if left is None or facts is None or not facts.labels & order.viewer.labels:
        return None
    return match(
        order.aim.pairing,
        left,
        facts,
        labels=order.viewer.labels,
        statistics=order.spaces.statistics,
        emphases=order.emphases,
    )


def _left_out(order: Order, key: str, facts: Facts | None, found: Match | None) -> LeftOut:
    """Return why something does not stand in the list; the reader may know of it."""
    stated = left_out_of(order.aim, key)
    if stated is not None:
        return stated
    if facts is None or key in order.scores:
        return LeftOut.OUTSIDE if key in order.scores and order.aim.audiences else LeftOut.ENDED
    if order.possible is not None and key not in order.possible:
        return LeftOut.OUTSIDE
    if order.aim.left is None or (not order.aim.left.texts and not order.aim.left.codes):
        return LeftOut.SILENT
    if found is None or found.is_suggestible:
        return LeftOut.ENDED
    return _unfit(found)


def _unfit(found: Match) -> LeftOut:
    if found.against:
        return LeftOut.AGAINST
    return LeftOut.TOO_LITTLE if found.has_topic else LeftOut.NO_TOPIC


def _dismissal(viewer: Viewer, aim: Aim, subject: str) -> Dismissal | None:
    return session().scalar(
        select(Dismissal).where(
            Dismissal.member_id == viewer.member_id,
            Dismissal.purpose == aim.purpose,
            Dismissal.subject == subject,
        )
    )
