"""What tests of following share: who follows what, and what they were told."""

from sqlalchemy import select

from hub.alerts.models import FollowedKind
from hub.alerts.searches import SavedQuery, save_search
from hub.alerts.service import follow_thing
from hub.alerts.telling import tell_followers
from hub.core.database import session, transaction
from hub.notifications.models import Frequency, Notification

INNOVATION, ORGANISATION, COUNTRY = (
    FollowedKind.INNOVATION,
    FollowedKind.ORGANISATION,
    FollowedKind.COUNTRY,
)


def follow(member, kind, key):
    """Follow a thing."""
    with transaction():
        return follow_thing(member, kind, key)


def search_for(
    member, text="", *, works_in="", is_exact=False, name="", frequency=Frequency.DAILY, **filters
):
    """Save a search."""
    with transaction():
        return save_search(
            member, SavedQuery(text, filters, works_in, is_exact), name=name, frequency=frequency
        )


def tell():
    """Read the whole log, as the job does each minute."""
    is_more = True
    while is_more:
        with transaction():
            is_more = tell_followers()


def told(member):
    """Return kind and subject of everything that a member was told about what they follow, the oldest first."""
    rows = session().execute(
        select(Notification.kind, Notification.subject)
        .where(Notification.member_id == member.id, Notification.topic == "following")
        .order_by(Notification.id)
    )
    return [tuple(row) for row in rows]
