"""The versions of the requirements of a request, as each reader may see them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequirementsVersion, VersionStatus
from hub.collaboration.permissions import is_requester
from hub.core.database import session

COUNTED = (VersionStatus.IN_FORCE, VersionStatus.SUPERSEDED)
"""States of versions that were in force at some time, which every reader of the request may read."""

UNDECIDED = (VersionStatus.PROPOSED, VersionStatus.DECLINED)
"""States that the requester alone reads of, beside whoever decides."""


def versions_of(request: CollaborationRequest, viewer: Viewer) -> Sequence[RequirementsVersion]:
    """Return the versions that `viewer` may read, the newest first, with their requirements.

    Args:
        request: which `viewer` may see.
        viewer: who reads.
    """
    shown = COUNTED + UNDECIDED if is_requester(viewer, request) else COUNTED
    found = session().scalars(
        select(RequirementsVersion)
        .where(RequirementsVersion.request_id == request.id, RequirementsVersion.status.in_(shown))
        .order_by(RequirementsVersion.number.desc())
        .options(selectinload(RequirementsVersion.requirements))
        .execution_options(populate_existing=True)
    )
    return found.all()
