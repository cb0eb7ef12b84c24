"""Lets what one member does at once happen one after the other, where something is counted before it is stored."""

from sqlalchemy import select

from hub.core.database import session
from hub.members.models import Member


def hold_member(member_id: int | None) -> None:
    """Let a member's other requests that ask for this wait until this transaction ends.

    What is read afterwards holds what they stored. It comes before any other row that is changed.
    """
    # what refers to the member, such as a notification, need not wait
    session().execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
