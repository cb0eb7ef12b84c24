"""Mails about hidden things go to nobody who must not see them, and say no more than their table allows."""

import pytest
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.alerts.models import Follow, FollowedKind
from hub.alerts.searches import cause_of
from hub.catalogue.models import Innovation
from hub.collaboration.models import (
    CollaborationRequest,
    ConversationMessage,
    CoordinatorCall,
    PlanStep,
    RequirementsVersion,
    Response,
)
from hub.commitments.models import Commitment, Milestone
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.outbox import OutboxMessage
from hub.mail.sending import send_due
from hub.matching.facts import Kind
from hub.matching.withdrawing import TOLD_AS
from hub.members.models import ContactMessage, Introduction, Member, Profile
from hub.notifications.digests import gather, next_period
from hub.notifications.models import Frequency
from hub.notifications.service import notify
from hub.showcases.models import Entry, Showcase, Slot
from hub.showcases.registrations.telling import tell_registrants
from tests.web.leaks.seen import MAILED, SEEN
from tests.web.leaks.words import COLUMNS, MARK

ABOUT = {
    "conversation_message": "conversation_message",
    "coordinator_called": "call",
    "follow_up_due": "partnership",
    "outcome_recorded": "partnership",
    "partner_left": "partnership",
    "question_answered": "request",
    "request_found": "request",
    "request_invited": "request",
    "request_received": "request",
    **dict.fromkeys(TOLD_AS[Kind.REQUEST].values(), "request"),
    "requirements_proposed": "request",
    "response_received": "response",
    "step_due": "step",
    "unanswered_in_country": "request",
    "followed_evidence": "innovation",
    "followed_organisation": "organisation",
    "followed_published": "innovation",
    **dict.fromkeys(TOLD_AS[Kind.INNOVATION].values(), "innovation"),
    "handover_offered": "commitment",
    "introduction_accepted": "introduction",
    "introduction_asked": "introduction",
    **dict.fromkeys(TOLD_AS[Kind.MEMBER].values(), "member"),
    "message_received": "message",
    "milestone_overdue": "milestone",
    "membership_started": "organisation",
    "entries_to_score": "showcase",
    "entry_accepted": "entry",
    "entry_moved_up": "entry",
    "registration_promoted": "showcase",
    "seat_promoted": "slot",
    "showcase_cancelled": "showcase",
    "showcase_changed": "showcase",
    "slot_given": "entry",
}
"""Notifications that somebody could have of what is hidden from them by now, and what each is about."""


NAMED = {
    "commitment": Commitment,
    "milestone": Milestone,
    "request": CollaborationRequest,
    "response": Response,
    "requirements": RequirementsVersion,
    "conversation_message": ConversationMessage,
    "call": CoordinatorCall,
    "showcase": Showcase,
    "entry": Entry,
    "slot": Slot,
    "introduction": Introduction,
}
"""What of collaboration, showcases and commitments notifications are about, by the word that names it."""


class Sink:
    """A way out that keeps the mails."""

    def __init__(self):
        self.mails = []

    def send(self, message):
        """Keep a mail."""
        self.mails.append(message)


def told(mail):
    """Return all that a mail says: its headers, the text and the HTML."""
    bodies = (part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    headers = (f"{name}: {value}" for name, value in mail.items() if name != "To")
    return "\n".join((*headers, *bodies)).lower()


def tell_everybody(hub, database):
    """Notify each viewer of everything hidden, as if they had seen it then; what is not mailed at once is gathered."""
    slug = hub.slugs[1]
    subjects = {
        "innovation": [database.scalars(select(Innovation).where(Innovation.slug == slug)).one().subject],
        "organisation": [f"organisation:{each}" for each in hub.agencies],
        "message": [f"message:{each}" for each in database.scalars(select(ContactMessage.public_id))],
        "member": [
            f"member:{each}"
            for each in database.scalars(
                select(Member.public_id).join(Profile, Profile.member_id == Member.id)
            )
        ],
        "step": [f"step:{each}" for each in database.scalars(select(PlanStep.public_id))],
        "partnership": [f"partnership:{each}" for each in database.scalars(select(Response.public_id))],
        **{name: [each.subject for each in database.scalars(select(model))] for name, model in NAMED.items()},
    }
    viewers = [member.id for member in hub.people.values() if member]
    # as if the search of somebody else had found it: what that one is called is nobody's business
    search = database.scalars(select(Follow).where(Follow.kind == FollowedKind.SEARCH)).one()
    causes = dict.fromkeys(viewers, cause_of(search))
    with transaction():
        for kind, thing in ABOUT.items():
            for subject in subjects[thing]:
                notify(viewers, kind, subject, tlp=Tlp.CLEAR)
                notify(viewers, kind, subject, tlp=Tlp.CLEAR, causes=causes)
        for showcase in database.scalars(select(Showcase)):
            tell_registrants("showcase_changed", showcase)
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        with transaction():
            gather(frequency, next_period(frequency), until=now())


@pytest.mark.db
def test_mails_say_what_their_table_allows_and_go_to_whom_it_concerns(hub, database, tmp_path):
    names = {member.email: name for name, member in hub.people.items() if member}
    tell_everybody(hub, database)
    kinds = {each.public_id: each.kind for each in database.scalars(select(OutboxMessage))}
    sink, said = Sink(), {}
    while send_due(sink, Settings(instance=tmp_path)):
        pass
    for mail in sink.mails:
        kind = kinds[mail["Message-ID"].strip("<>").partition("@")[0]]
        columns = {COLUMNS[each] for each in MARK.findall(told(mail)) if each in COLUMNS}
        name = names.get(mail["To"])
        if name:
            assert {each for each in columns if name not in SEEN.get(each, ())} == set(), (kind, name)
        else:
            said.setdefault(kind, set()).update(columns)
    assert {kind: columns for kind, columns in said.items() if columns} == MAILED
    assert len(said) > len(MAILED)
    assert {"digest", "notification"} <= set(kinds.values())
