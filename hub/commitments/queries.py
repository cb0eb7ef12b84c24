"""Commitments by their codes, those of a country, and drafts; always for a viewer."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Role, Viewer
from hub.commitments.acting import check_keeps
from hub.commitments.codes import normal_code
from hub.commitments.models import ActionPlan, Commitment, CommitmentStatus
from hub.commitments.own import OWN_CODE
from hub.commitments.permissions import visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError


def commitment_by_code(code: str, viewer: Viewer) -> Commitment:
    """Return a commitment that `viewer` may know of, by its code in capitals or small letters.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    return _found(Commitment.code == normal_code(code), viewer)


def kept_commitment(code: str, viewer: Viewer) -> Commitment:
    """Return a commitment whose record `viewer` keeps.

    Raises:
        NotFoundError: there is none, or not for this viewer.
        ForbiddenError: they see it, but do not keep it.
    """
    found = commitment_by_code(code, viewer)
    check_keeps(viewer, found)
    return found


def own_commitment(viewer: Viewer) -> Commitment | None:
    """Return the hub's own promise, if its record is there for `viewer`."""
    return session().scalar(select(Commitment).where(Commitment.code == OWN_CODE, visible_to(viewer)))


def commitments_of_country(country: str, viewer: Viewer, number: int) -> Sequence[Commitment]:
    """Return commitments of a country that `viewer` may know of, those of the latest plan first.

    Args:
        country: ISO code.
        viewer: who reads.
        number: the most there are.
    """
    return (
        session()
        .scalars(
            select(Commitment)
            .join(ActionPlan, ActionPlan.id == Commitment.plan_id)
            .where(visible_to(viewer), Commitment.country == country)
            .order_by(ActionPlan.cycle_year.desc(), Commitment.code)
            .limit(number)
            .options(joinedload(Commitment.plan))
        )
        .all()
    )


def drafts_kept_by(viewer: Viewer) -> Sequence[Commitment]:
    """Return the drafts whose record `viewer` keeps, what was saved last first."""
    kept: ColumnElement[bool] = Commitment.status == CommitmentStatus.DRAFT
    if not viewer.has_role(Role.COORDINATOR):
        kept &= Commitment.country.in_(sorted(viewer.focal_countries))
    return (
        session()
        .scalars(
            select(Commitment)
            .where(kept)
            .order_by(Commitment.saved_at.desc(), Commitment.id)
            .options(joinedload(Commitment.plan))
        )
        .all()
    )


def _found(condition: ColumnElement[bool], viewer: Viewer) -> Commitment:
    found = session().scalar(
        select(Commitment).where(condition, visible_to(viewer)).options(joinedload(Commitment.plan))
    )
    if found is None:
        raise NotFoundError
    return found
