"""Who may answer an introduction, take it back and read it."""

from sqlalchemy import ColumnElement, and_, false, or_

from hub.access.viewer import Viewer
from hub.members.models import FieldAudience, Introduction
from hub.members.profiles.permissions import is_wide_enough


def can_answer(viewer: Viewer, introduction: Introduction) -> bool:
    """Whether `viewer` may accept or decline: who was asked, and was told of it."""
    return (
        viewer.member_id is not None
        and introduction.asked_id == viewer.member_id
        and introduction.is_delivered
    )


def can_withdraw(viewer: Viewer, introduction: Introduction) -> bool:
    """Whether `viewer` may take it back: who asked."""
    return viewer.member_id is not None and introduction.asked_by_id == viewer.member_id


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the introductions that `viewer` may see.

    Who asked sees theirs, who was asked what reached them and was not taken back. No role opens more.
    """
    if viewer.member_id is None:
        return false()
    return or_(Introduction.asked_by_id == viewer.member_id, received_by(viewer))


def received_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for what reached `viewer` and was not taken back."""
    if viewer.member_id is None:
        return false()
    return and_(
        Introduction.asked_id == viewer.member_id,
        Introduction.is_delivered,
        # also what was declined by then: taken back, it is gone
        Introduction.withdrawn_at.is_(None),
    )


def can_view(viewer: Viewer, introduction: Introduction) -> bool:
    """Whether `viewer` may see it, as `visible_to` says."""
    return can_withdraw(viewer, introduction) or (
        can_answer(viewer, introduction) and introduction.withdrawn_at is None
    )


def shows_enough(own: FieldAudience, theirs: FieldAudience) -> bool:
    """Whether who asks shows themselves at least to those to whom the asked one does; all members are enough.

    It asks nothing of the other but the audience of their page, which who asks stands inside: that somebody is or is
    not verified law enforcement cannot be found out so.
    """
    narrow = theirs is FieldAudience.LAW_ENFORCEMENT
    return is_wide_enough(own, FieldAudience.LAW_ENFORCEMENT if narrow else FieldAudience.MEMBERS)
