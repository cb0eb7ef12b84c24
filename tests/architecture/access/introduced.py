"""Introductions that one member asked of several, and what members set aside of their suggestions."""

from datetime import timedelta

from hub.core.clock import now
from hub.core.database import session
from hub.matching.models import Dismissal
from hub.members.models import Introduction, IntroductionStatus


def add_introductions(world, cast):
    """Add what the party asked for, in every state that tells who asked something else than who was asked."""
    then = now()
    ended = {"ended_at": then}
    asked = {
        "introduction": introduction(cast["party"], cast["owner"]),
        "declined introduction": introduction(
            cast["party"], cast["representative"], status=IntroductionStatus.DECLINED, **ended
        ),
        "undelivered introduction": introduction(cast["party"], cast["focal point"], is_delivered=False),
        "withdrawn introduction": introduction(
            cast["party"],
            cast["coordinator"],
            status=IntroductionStatus.WITHDRAWN,
            withdrawn_at=then,
            **ended,
        ),
    }
    place = world.places["profile"]["<public_id>"]
    aside = {
        name: Dismissal(member_id=cast[who].id, subject=f"member:{place}", reason="known")
        for name, who in (("dismissal", "member"), ("dismissal of police", "law enforcement"))
    }
    session().add_all((*asked.values(), *aside.values()))
    session().commit()
    for name, thing in (asked | aside).items():
        world.add(name, public_id=thing.public_id)


def introduction(asker, asked, **columns):
    """Return an introduction that waits for an answer, or stands as `columns` say; it is not stored yet."""
    said = {
        "note": "Let us meet.",
        "language": "en-GB",
        "contact_of_asker": "at the fair",
        "expires_at": now() + timedelta(days=30),
    }
    return Introduction(asked_by_id=asker.id, asked_id=asked.id, **said | columns)
