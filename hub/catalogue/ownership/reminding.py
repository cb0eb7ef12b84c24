"""Asks those who look after published records to confirm, once a year, that they are still right."""

from sqlalchemy import and_, exists, select

from hub.catalogue.caretakers import tell_caretakers
from hub.catalogue.models import Innovation, InnovationStatus
from hub.core import clock
from hub.core.database import session
from hub.notifications.models import Notification

AT_A_TIME = 200
"""Records about which is written in one transaction."""


def remind_of_confirmations() -> int:
    """Tell who looks after records that are due and of which nobody was told; return how many records.

    Once for each time that a record is due, and anew when what was told is forgotten and it still waits. Belongs into
    a transaction.
    """
    told = exists().where(
        Notification.kind == "confirmation_due",
        Notification.subject == "innovation:" + Innovation.public_id,
        Notification.created_at >= Innovation.review_due_at,
    )
    due = session().scalars(
        select(Innovation)
        .where(
            and_(
                Innovation.status == InnovationStatus.PUBLISHED,
                Innovation.is_compiled.is_(False),
                Innovation.review_due_at <= clock.now(),
                ~told,
            )
        )
        .order_by(Innovation.review_due_at, Innovation.id)
        .limit(AT_A_TIME)
    )
    records = list(due)
    for innovation in records:
        tell_caretakers("confirmation_due", innovation, but=None)
    return len(records)
