"""Assessments of a commitment, side by side by maker; always for a viewer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hub.access.viewer import Viewer
from hub.commitments.models import Assessment, Commitment, Maker
from hub.commitments.permissions import visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError


def assessments_of(commitment: Commitment, viewer: Viewer) -> Sequence[Assessment]:
    """Return what was said of a commitment and not taken back, the latest first; what has no day comes last.

    None where `viewer` may not know of the commitment.
    """
    return (
        session()
        .scalars(
            select(Assessment)
            .join(Commitment, Commitment.id == Assessment.commitment_id)
            .where(
                Assessment.commitment_id == commitment.id,
                Assessment.withdrawn_at.is_(None),
                visible_to(viewer),
            )
            .options(selectinload(Assessment.ratings))
            .order_by(Assessment.assessed_on.is_(None), Assessment.assessed_on.desc(), Assessment.id.desc())
        )
        .all()
    )


def current_assessments(commitment: Commitment, viewer: Viewer) -> dict[Maker, Assessment]:
    """Return the latest assessment of each maker that has one, as `assessments_of` orders them."""
    found: dict[Maker, Assessment] = {}
    for each in assessments_of(commitment, viewer):
        found.setdefault(each.maker, each)
    return found


def assessment_by_id(commitment: Commitment, public_id: str, viewer: Viewer) -> Assessment:
    """Return one assessment of a commitment that was not taken back.

    Raises:
        NotFoundError: there is none, or `viewer` may not know of the commitment.
    """
    found = next((each for each in assessments_of(commitment, viewer) if each.public_id == public_id), None)
    if found is None:
        raise NotFoundError
    return found


def ratings_by_scale(assessment: Assessment) -> dict[str, dict[str, str]]:
    """Return the answers of an assessment: by question, then by what each is about (empty for the whole)."""
    found: dict[str, dict[str, str]] = {}
    for each in assessment.ratings:
        found.setdefault(each.scale, {})[each.about] = each.value
    return found
