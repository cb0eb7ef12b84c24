"""Whether somebody is free of conflict with a thing; features describe, this decides."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.access.viewer import Interest, Role, Viewer
from hub.core.i18n import N_


class Conflict(StrEnum):
    """Why somebody may not decide."""

    OWN_SUBMISSION = "own_submission"
    OWN_PROPOSAL = "own_proposal"
    OWN_ORGANISATION = "own_organisation"
    INTEREST = "interest"
    DECLARED = "declared"


CONFLICT_WORDS = {
    Conflict.OWN_SUBMISSION: N_("You registered or submitted this yourself. So somebody else must decide."),
    Conflict.OWN_PROPOSAL: N_("You proposed this. So somebody else must decide."),
    Conflict.OWN_ORGANISATION: N_(
        "You belong to an organisation that takes part in this. So somebody else must decide."
    ),
    Conflict.INTEREST: N_(
        "You declared an interest in an organisation that takes part in this. So somebody else must decide."
    ),
    Conflict.DECLARED: N_("You recused yourself from this. So somebody else must decide."),
}


CONFLICT_LABELS = {
    Conflict.OWN_SUBMISSION: N_("Own submission"),
    Conflict.OWN_PROPOSAL: N_("Own proposal"),
    Conflict.OWN_ORGANISATION: N_("Own organisation"),
    Conflict.INTEREST: N_("Declared interest"),
    Conflict.DECLARED: N_("Recused by themselves"),
}


@dataclass(frozen=True)
class Involvement:
    """Who takes part in a thing.

    Args:
        member_ids: people who registered, submitted or are named in it.
        organisation_ids: organisations that own or take part in it.
        subject: how the audit log names it, for recusals.
        also: further subjects from which somebody may have recused themselves, such as the people in it.
    """

    member_ids: frozenset[int]
    organisation_ids: frozenset[int]
    subject: str = ""
    also: frozenset[str] = frozenset()


def conflict_of(viewer: Viewer, involvement: Involvement) -> Conflict | None:
    """Return the conflict that keeps `viewer` from deciding, or None if there is none."""
    if viewer.member_id in involvement.member_ids:
        return Conflict.OWN_SUBMISSION
    if viewer.organisations & involvement.organisation_ids:
        return Conflict.OWN_ORGANISATION
    if interests_in(viewer, involvement):
        return Conflict.INTEREST
    if viewer.recusals & ({involvement.subject, *involvement.also} - {""}):
        return Conflict.DECLARED
    return None


def interests_in(viewer: Viewer, involvement: Involvement) -> tuple[Interest, ...]:
    """Return the declared interests of `viewer` in organisations that take part, the longest-lasting first."""
    found = (each for each in viewer.interests if each.organisation_id in involvement.organisation_ids)
    return tuple(sorted(found, key=lambda each: (each.until or date.max, each.organisation_id), reverse=True))


def can_handle_conflicts(viewer: Viewer) -> bool:
    """Whether `viewer` sees what nobody free of conflict can decide, and the audit log: integrity officers."""
    return viewer.has_role(Role.INTEGRITY_OFFICER)


def can_strike(viewer: Viewer, member_id: int) -> bool:
    """Whether `viewer` may strike a declaration of this member: an integrity officer who is somebody else."""
    return can_handle_conflicts(viewer) and viewer.member_id != member_id
