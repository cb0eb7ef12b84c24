"""Commitments by their codes and ids, those of a country, drafts and plans; always for a viewer."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Role, Viewer
from hub.commitments.codes import normal_code
from hub.commitments.models import ActionPlan, Commitment, CommitmentStatus
from hub.commitments.own import OWN_CODE
from hub.commitments.permissions import can_keep, visible_to
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError


def commitment_by_code(code: str, viewer: Viewer) -> Commitment:
    """Return a commitment that `viewer` may know of, by its code in capitals or small letters.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    return _found(Commitment.code == normal_code(code), viewer)


def commitment_by_id(public_id: str, viewer: Viewer) -> Commitment:
    """Return a commitment that `viewer` may know of, by its random id.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    return _found(Commitment.public_id == public_id, viewer)


def kept_commitment(code: str, viewer: Viewer) -> Commitment:
    """Return a commitment whose record `viewer` keeps.

    Raises:
        NotFoundError: there is none, or not for this viewer.
        ForbiddenError: they see it, but do not keep it.
    """
    found = commitment_by_code(code, viewer)
    if not can_keep(viewer, found):
        raise ForbiddenError
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


def plans_of(country: str, viewer: Viewer) -> Sequence[ActionPlan]:
    """Return the action plans of a country with commitments that `viewer` may know of, the latest first."""
    known = exists().where(Commitment.plan_id == ActionPlan.id, visible_to(viewer))
    return _plans(ActionPlan.country == country, known)


def plan_names(country: str) -> Sequence[ActionPlan]:
    """Return every action plan of a country, the latest first; for those who enter its commitments."""
    return _plans(ActionPlan.country == country)


def _plans(*conditions: ColumnElement[bool]) -> Sequence[ActionPlan]:
    return (
        session()
        .scalars(
            select(ActionPlan).where(*conditions).order_by(ActionPlan.cycle_year.desc(), ActionPlan.name)
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
