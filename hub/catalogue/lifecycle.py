"""How innovations and their revisions move from state to state; the only place that changes a status."""

from hub.catalogue.models import InnovationStatus, RevisionStatus
from hub.catalogue.permissions import can_decide, can_edit, can_speak_for, can_take
from hub.core.lifecycle import Lifecycle, Transition

REVISIONS = Lifecycle(
    (
        Transition(
            "submit",
            frozenset({RevisionStatus.DRAFT, RevisionStatus.CHANGES_REQUESTED}),
            RevisionStatus.SUBMITTED,
            can_edit,
        ),
        Transition("take", frozenset({RevisionStatus.SUBMITTED}), RevisionStatus.IN_REVIEW, can_take),
        Transition("publish", frozenset({RevisionStatus.IN_REVIEW}), RevisionStatus.APPROVED, can_decide),
        Transition(
            "request_changes",
            frozenset({RevisionStatus.IN_REVIEW}),
            RevisionStatus.CHANGES_REQUESTED,
            can_decide,
        ),
        Transition("decline", frozenset({RevisionStatus.IN_REVIEW}), RevisionStatus.DECLINED, can_decide),
        Transition("release", frozenset({RevisionStatus.IN_REVIEW}), RevisionStatus.SUBMITTED, can_decide),
        Transition(
            "withdraw",
            frozenset({RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW, RevisionStatus.CHANGES_REQUESTED}),
            RevisionStatus.WITHDRAWN,
            can_edit,
        ),
    )
)
"""What may happen to a revision. `may` takes the viewer and the revision."""

INNOVATIONS = Lifecycle(
    (
        # follows from the decision on a revision, which asks who may
        Transition(
            "publish",
            frozenset({InnovationStatus.UNPUBLISHED, InnovationStatus.PUBLISHED, InnovationStatus.ARCHIVED}),
            InnovationStatus.PUBLISHED,
            lambda *_: False,
        ),
        Transition(
            "archive", frozenset({InnovationStatus.PUBLISHED}), InnovationStatus.ARCHIVED, can_speak_for
        ),
        Transition(
            "restore", frozenset({InnovationStatus.ARCHIVED}), InnovationStatus.PUBLISHED, can_speak_for
        ),
        # follows from a proposal that a second coordinator approves
        Transition(
            "take_down",
            frozenset({InnovationStatus.PUBLISHED, InnovationStatus.ARCHIVED}),
            InnovationStatus.TAKEN_DOWN,
            lambda *_: False,
        ),
    )
)
"""What may happen to an innovation. `may` takes the viewer and the innovation."""
