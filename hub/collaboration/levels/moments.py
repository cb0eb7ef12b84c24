"""When the clock does what, in one place; follow-ups and expiry are named where they belong."""

from datetime import timedelta

from hub.collaboration.levels.matters import WaitingKind

REMIND_BEFORE = timedelta(days=7)
REMIND_AGAIN_BEFORE = timedelta(days=2)
"""How long before the due date those are reminded who may still respond, and the requester."""

WARN_BEFORE = timedelta(days=7)
"""How long before its expiry the requester is told of it."""

FOCAL_POINT_AFTER = 5
COORDINATORS_AFTER = 10
"""Working days after which those are told who may help where nobody answers."""

UNANSWERED = (WaitingKind.REQUEST, WaitingKind.RECEIVER, WaitingKind.RESPONSE, WaitingKind.QUESTION)
"""What somebody owes an answer to."""
