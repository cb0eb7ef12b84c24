"""Hidden things of the community: a profile for police, messages, reports, an organisation that nobody verified."""

from datetime import timedelta

from hub.access.viewer import VISITOR, Role
from hub.alerts.models import Follow, FollowedKind
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import (
    AbuseReport,
    Block,
    ContactMessage,
    DataExport,
    FieldAudience,
    ProfileLink,
    ProfileScheme,
    TermAddition,
)
from hub.members.service import subject_of
from hub.notifications.models import Frequency, Notification, Topic
from hub.organisations.models import OrganisationDomain, OrganisationStatus
from hub.privacy.erasure import erase_account
from hub.privacy.log_erasure import decline_erasure, propose_erasure
from hub.shortlists.models import Shortlist, ShortlistEntry, ShortlistShare
from hub.vetting.organisations.merging import decline_merge, propose_merge
from hub.vetting.organisations.verification import ask_verification, decline_verification
from tests.catalogue.cast import did
from tests.factories import make_member, make_organisation, make_profile
from tests.web.leaks.words import word


def hide_organisations(coordinator, member, organisation):
    """Have an organisation asked to be verified, declined and asked again, and proposed to be another one.

    Args:
        coordinator: who decides, and nobody's viewer.
        member: who speaks for it.
        organisation: not verified.
    """
    declined = did(ask_verification, member, organisation, word("organisation_verifications.words"))
    words = word("organisation_verifications.decision_words")
    did(decline_verification, coordinator, declined, words=words)
    did(ask_verification, member, organisation, word("organisation_verifications.words"))
    session().add(OrganisationDomain(organisation_id=organisation.id, domain="hidden.example"))
    other = make_organisation(status=OrganisationStatus.UNVERIFIED)
    make_member(represents=[other])
    proposer = make_member(roles=[Role.COORDINATOR])
    for is_declined in (True, False):
        merge = did(propose_merge, proposer, organisation, other, reason=word("organisation_merges.reason"))
        if is_declined:
            did(decline_merge, coordinator, merge, words=word("organisation_merges.decision_words"))


def hide_profile(member):
    """Give somebody a page for law enforcement, with a skill that no vocabulary has."""
    addition = TermAddition(scheme=ProfileScheme.SKILLS, label="Words", key="words", added_by_id=member.id)
    session().add(addition)
    session().flush()
    profile = make_profile(
        member, FieldAudience.LAW_ENFORCEMENT, terms={"skills": [addition.code]},
        biography_audience=FieldAudience.LAW_ENFORCEMENT,
    )  # fmt: skip
    profile.links = [ProfileLink(url="https://example.org", title="Words")]
    session().commit()


def hide_messages(member, other):
    """Have two people write, report and block; whom they follow, and what they were told, is theirs alone."""
    message = ContactMessage(sender_id=other.id, receiver_id=member.id, subject="Words", words="Words")
    session().add(message)
    session().flush()
    then, own = now() + timedelta(days=1), {"member_id": member.id}
    session().add_all(
        (
            AbuseReport(
                kind="spam", words="Words", reported_by_id=member.id, about_id=other.id, message_id=message.id
            ),
            Block(member_id=member.id, blocked_id=other.id),
            Follow(
                **own,
                kind=FollowedKind.SEARCH,
                key="digest",
                query={"q": "words"},
                frequency=Frequency.DAILY,
            ),
            Notification(**own, kind="message_received", topic=Topic.MESSAGES, subject="message:words"),
            DataExport(**own, language="en-GB", made_at=now(), expires_at=then, file_name="f", size=1),
        )
    )
    session().commit()


def hide_shortlist(member, other, innovation):
    """Have somebody collect a hidden record with a note on it, and share the list with one other."""
    shortlist = Shortlist(member_id=member.id, name="Words", note="Words")
    shortlist.entries = [ShortlistEntry(innovation_id=innovation.id, note="Words", position=0)]
    shortlist.shares = [ShortlistShare(member_id=other.id)]
    session().add(shortlist)
    session().commit()


def hide_erasures():
    """Have somebody erase their account, and officers decide whether the log forgets them too."""
    former = make_member()
    first, second = (make_member(roles=[Role.INTEGRITY_OFFICER]) for _ in range(2))
    with transaction():
        record(VISITOR, Event.MEMBER_SUSPEND, subject_of(former), reason=word("audit_entries.reason"))
    did(erase_account, former)
    for is_declined in (True, False):
        proposal = did(propose_erasure, first, former.public_id, reason=word("log_erasures.reason"))
        if is_declined:
            did(decline_erasure, second, proposal, word("log_erasures.decision_words"))
