"""Whether somebody is free of conflict with a thing; features describe, this decides."""

from dataclasses import dataclass
from enum import StrEnum

from hub.access.viewer import Viewer
from hub.core.i18n import N_


class Conflict(StrEnum):
    """Why somebody may not decide."""

    OWN_SUBMISSION = "own_submission"
    OWN_PROPOSAL = "own_proposal"
    OWN_ORGANISATION = "own_organisation"


CONFLICT_WORDS = {
    Conflict.OWN_SUBMISSION: N_("You registered or submitted this yourself. So somebody else must decide."),
    Conflict.OWN_PROPOSAL: N_("You proposed this. So somebody else must decide."),
    Conflict.OWN_ORGANISATION: N_(
        "You belong to an organisation that takes part in this. So somebody else must decide."
    ),
}


@dataclass(frozen=True)
class Involvement:
    """Who takes part in a thing.

    Args:
        member_ids: people who registered, submitted or are named in it.
        organisation_ids: organisations that own or take part in it.
    """

    member_ids: frozenset[int]
    organisation_ids: frozenset[int]


def conflict_of(viewer: Viewer, involvement: Involvement) -> Conflict | None:
    """Return the conflict that keeps `viewer` from deciding, or None if there is none."""
    if viewer.member_id in involvement.member_ids:
        return Conflict.OWN_SUBMISSION
    if viewer.organisations & involvement.organisation_ids:
        return Conflict.OWN_ORGANISATION
    return None
