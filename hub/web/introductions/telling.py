"""Tells the two sides of an introduction, in the transaction that changed it: of a decline nobody is told."""

from hub.members.models import Introduction
from hub.notifications.service import notify, settle, take_back

ASKED, ACCEPTED = "introduction_asked", "introduction_accepted"


def tell_asked(introduction: Introduction) -> None:
    """Tell who was asked, where it reaches them."""
    notify([introduction.asked_id] if introduction.is_delivered else [], ASKED, introduction.subject)


def tell_accepted(introduction: Introduction) -> None:
    """Tell who asked that the other accepted, whose own news of it is old by now."""
    settle(ASKED, introduction.subject)
    notify([introduction.asked_by_id], ACCEPTED, introduction.subject)


def settle_asked(introduction: Introduction) -> None:
    """Have no mail tell who was asked of what they declined."""
    settle(ASKED, introduction.subject)


def take_back_asked(introduction: Introduction) -> None:
    """Have nothing tell who was asked of what was taken back."""
    take_back(ASKED, introduction.subject)
