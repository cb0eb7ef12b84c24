"""Hidden things of suggestions: introductions between two people, what somebody set aside, needs without matches."""

from datetime import timedelta

from sqlalchemy import select

from hub.collaboration.models import CollaborationRequest
from hub.core.clock import now
from hub.core.database import session
from hub.matching.models import (
    Dismissal,
    Exposure,
    ExposureFloor,
    PartWeight,
    Strength,
    SuggestionRound,
    SuggestionTold,
)
from hub.matching.parts import Emphasis, Part
from hub.members.models import Introduction, IntroductionStatus, Member, Profile
from tests.factories import make_member
from tests.web.leaks.words import word


def hide_suggestions(coordinator, member, other, innovation):
    """Have two people introduced and two others not yet, one set a record aside, and a coordinator set the floor.

    Args:
        coordinator: who decides, and nobody's viewer.
        member: who set the hidden record aside.
        other: who asked to be introduced to `member` on account of it.
        innovation: the hidden record.
    """
    then, today, own = now() + timedelta(days=1), now().date(), {"member_id": member.id}
    asked = {"asked_by_id": other.id, "language": "en-GB", "expires_at": then, "about": innovation.subject}
    accepted = {"status": IntroductionStatus.ACCEPTED, "ended_at": now(), "contact_of_asked": "Words"}
    # nothing is planted in one that waits: a CHECK keeps the other's contact empty until it is accepted
    waits = {"note": word("introductions.note"), "contact_of_asker": word("introductions.contact_of_asker")}
    counted = {"kind": "innovation", "dimension": "country", "value": "GE"}
    session().add_all(
        (
            Introduction(asked_id=member.id, note="Words", contact_of_asker="Words", **asked, **accepted),
            Introduction(asked_id=make_member().id, **asked, **waits),
            Dismissal(**own, subject=innovation.subject, reason="other", words="Words"),
            PartWeight(**own, part=Part.WORDS, emphasis=Emphasis.MORE),
            SuggestionTold(**own, subject=innovation.subject),
            SuggestionRound(**own, week=today),
            Exposure(day=today, things=9, places=9, firsts=1, lifted=0, **counted),
            ExposureFloor(percent=10, reason="Words", set_by_id=coordinator.id),
        )
    )
    session().commit()


def hide_needs():
    """Have nothing fit what any request and any profile looks for, as if it had been counted when all saw it."""
    requests = session().scalars(select(CollaborationRequest.public_id))
    members = session().scalars(select(Member.public_id).join(Profile, Profile.member_id == Member.id))
    subjects = [f"request:{each}" for each in requests] + [f"member:{each}" for each in members]
    session().add_all(Strength(subject=each, innovation=0, person=0) for each in subjects)
    session().commit()
