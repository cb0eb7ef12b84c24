"""Offers to take commitments over as those concerned see them, and the history of owners as anybody may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.commitments.models import Commitment, Handover, HandoverStatus, Ownership, Precision
from hub.commitments.owning.permissions import can_name_owner, handovers_visible_to
from hub.commitments.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.members.models import Member, MemberStatus, Profile
from hub.members.profiles.permissions import visible_to as profiles_visible_to


@dataclass(frozen=True)
class HeldFor:
    """A time in which somebody answered for a commitment, as one viewer may read it.

    Args:
        institution: for which they did.
        began_on: since when.
        ended_on: until when; None while it lasts.
        precision: how exactly both days are known.
        words: what was said when it was handed over, or what the source tells.
        source_url: where that is written; empty for what happened on the hub.
        retrieved_on: when the source was read.
        member: who did; None where nobody of the hub, where they left, or where the viewer may not know.
        has_page: whether the viewer may read the member's page.
    """

    institution: str
    began_on: date
    ended_on: date | None
    precision: Precision
    words: str
    source_url: str
    retrieved_on: date | None
    member: Member | None = None
    has_page: bool = False

    @property
    def is_present(self) -> bool:
        """Whether it lasts."""
        return self.ended_on is None


def ownerships_of(commitment: Commitment, viewer: Viewer) -> tuple[HeldFor, ...]:
    """Return who answered for a commitment that `viewer` may know of, the present one first, then the latest."""
    found = list(
        session().scalars(
            select(Ownership)
            .where(Ownership.commitment_id == commitment.id)
            .options(joinedload(Ownership.member))
            .order_by(Ownership.ended_on.is_not(None), Ownership.began_on.desc(), Ownership.id.desc())
        )
    )
    is_named = can_name_owner(viewer)
    readable = _readable(viewer, {each.member_id for each in found}) if is_named else frozenset()
    return tuple(
        HeldFor(
            institution=each.institution,
            began_on=each.began_on,
            ended_on=each.ended_on,
            precision=each.precision,
            words=each.words,
            source_url=each.source_url,
            retrieved_on=each.retrieved_on,
            member=each.member if is_named and _is_there(each.member) else None,
            has_page=is_named and each.member_id in readable,
        )
        for each in found
    )


def _is_there(member: Member | None) -> bool:
    """Whether somebody has not left the hub; the row stays, since what an owner accepted must never count."""
    return member is not None and member.status is not MemberStatus.ERASED


def present_owners(commitments: Sequence[Commitment]) -> dict[int, str]:
    """Return for which institution each of some commitments is answered for now, by id, in one query."""
    found = session().execute(
        select(Ownership.commitment_id, Ownership.institution).where(
            Ownership.commitment_id.in_([each.id for each in commitments]), Ownership.ended_on.is_(None)
        )
    )
    return {row.commitment_id: row.institution for row in found}


def handover_by_id(public_id: str, viewer: Viewer) -> Handover:
    """Return one offer.

    Raises:
        NotFoundError: there is none, or `viewer` may not know of it.
    """
    found = session().scalar(
        _handovers(Handover.public_id == public_id, handovers_visible_to(viewer)),
    )
    if found is None:
        raise NotFoundError
    return found


def open_handover(commitment: Commitment, viewer: Viewer) -> Handover | None:
    """Return the offer of a commitment that waits for an answer, if `viewer` may know of it."""
    return session().scalar(
        _handovers(
            Handover.commitment_id == commitment.id,
            Handover.status == HandoverStatus.OFFERED,
            handovers_visible_to(viewer),
        )
    )


def handovers_for(viewer: Viewer) -> Sequence[Handover]:
    """Return the offers that `viewer` has to answer, the one that lapses first at the top."""
    if not viewer.is_member:
        return ()
    query = _handovers(
        Handover.to_member_id == viewer.member_id,
        Handover.status == HandoverStatus.OFFERED,
        Handover.expires_at > clock.now(),
    )
    return session().scalars(query.order_by(Handover.expires_at, Handover.id)).all()


def commitments_owned_by(viewer: Viewer) -> Sequence[Commitment]:
    """Return the commitments that `viewer` answers for, by code."""
    if not viewer.is_member:
        return ()
    return (
        session()
        .scalars(
            select(Commitment)
            .where(Commitment.owner_id == viewer.member_id, visible_to(viewer))
            .options(joinedload(Commitment.plan))
            .order_by(Commitment.code)
        )
        .all()
    )


def _handovers(*conditions: ColumnElement[bool]) -> Select[Handover]:
    return (
        select(Handover)
        .where(*conditions)
        .options(
            joinedload(Handover.commitment), joinedload(Handover.to_member), joinedload(Handover.offered_by)
        )
    )


def _readable(viewer: Viewer, member_ids: set[int | None]) -> frozenset[int]:
    """Return those of some members whose page `viewer` may read."""
    numbers = sorted(number for number in member_ids if number is not None)
    if not numbers:
        return frozenset()
    found = session().scalars(
        select(Profile.member_id)
        .join(Profile.member)
        .where(Profile.member_id.in_(numbers), profiles_visible_to(viewer))
    )
    return frozenset(found)
