"""What members and organisations add to the one hub of the access tables: profiles, messages, requests, own data."""

from datetime import timedelta

from hub.access.viewer import VISITOR, Role
from hub.alerts.models import FollowedKind
from hub.alerts.service import follow_thing
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
    ProfileScheme,
    TermAddition,
)
from hub.members.service import subject_of
from hub.notifications.models import Notification, Topic
from hub.organisations.models import (
    MembershipRole,
    MergedOrganisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.privacy.erasure import erase_account
from hub.privacy.log_erasure import propose_erasure
from hub.vetting.organisations.merging import propose_merge
from hub.vetting.organisations.verification import ask_verification
from tests.catalogue.cast import did
from tests.factories import make_member, make_organisation, make_profile

EXPORT = "own-data.zip"
"""Name of the file of the one export."""


def add_people(world, cast):
    """Add profiles, what people wrote to one another and reported, and what is one person's own."""
    for name, audience in (
        ("profile", FieldAudience.MEMBERS),
        ("police profile", FieldAudience.LAW_ENFORCEMENT),
        ("hidden profile", FieldAudience.NOBODY),
    ):
        person = make_member()
        make_profile(person, audience)
        world.add(name, public_id=person.public_id)
    blocked = make_member()
    world.add("blocked member", public_id=blocked.public_id)
    member, owner, party = cast["member"], cast["owner"], cast["party"]
    make_profile(member, FieldAudience.NOBODY)
    world.add("own profile", public_id=member.public_id)
    message = ContactMessage(sender_id=party.id, receiver_id=owner.id, subject="A", words="B")
    session().add(message)
    session().flush()
    sides = {"reported_by_id": owner.id, "about_id": party.id}
    then = now() + timedelta(days=1)
    made = {
        "message": message,
        "abuse report": AbuseReport(kind="spam", words="C", message_id=message.id, **sides),
        "word": TermAddition(
            scheme=ProfileScheme.SKILLS, label="Origami", key="origami", added_by_id=member.id
        ),
        "notification": Notification(
            member_id=member.id, kind="message_received", topic=Topic.MESSAGES, subject="message:1"
        ),
        "export": DataExport(
            member_id=member.id, language="en-GB", made_at=now(), expires_at=then, file_name=EXPORT, size=1
        ),
        "follow": did(follow_thing, member, FollowedKind.COUNTRY, "GE"),
        "erasure": _erasure(),
    }
    session().add_all((*made.values(), Block(member_id=member.id, blocked_id=blocked.id)))
    session().commit()
    for name, thing in made.items():
        world.add(name, public_id=thing.public_id)


def _erasure():
    """Return a proposal to erase what the log holds about a former member."""
    former, officer = make_member(), make_member(roles=[Role.INTEGRITY_OFFICER])
    with transaction():
        record(VISITOR, Event.MEMBER_SUSPEND, subject_of(former), reason="Words.")
    did(erase_account, former)
    return did(propose_erasure, officer, former.public_id, reason="Asked for.")


def add_organisations(world, cast, colleague):
    """Add organisations that nobody verified yet, one of the focal point's country, and one that was another.

    The recused coordinator belongs to all that wait for a decision.
    """
    representative, recused = cast["representative"], cast["recused coordinator"]
    world.add("place", slug=cast.owner.slug, public_id=colleague.public_id)
    for name, country, speaks in (
        ("new agency", "KE", representative),
        ("new agency elsewhere", "PT", make_member()),
    ):
        organisation = make_organisation(name.title(), country=country, status=OrganisationStatus.UNVERIFIED)
        world.add(name, slug=organisation.slug)
        for person, role in ((speaks, MembershipRole.REPRESENTATIVE), (recused, MembershipRole.MEMBER)):
            session().add(
                OrganisationMembership(
                    organisation_id=organisation.id, member_id=person.id, role=role, started_at=now()
                )
            )
        session().commit()
        request = did(ask_verification, speaks, organisation, "It is what it says.")
        world.add(f"request of the {name}", public_id=request.public_id)
    twin, former = make_organisation("Adopting Agencies", country="ES"), make_organisation("Old Agency")
    merge = did(propose_merge, cast["compiler"], twin, cast.adopting, reason="They are one.")
    world.add("merge", public_id=merge.public_id)
    session().add(MergedOrganisation(organisation_id=former.id, into_id=cast.owner.id))
    session().commit()
    world.add("former agency", slug=former.slug)
    for name, status in (
        ("silent agency", OrganisationStatus.LAPSED),
        ("silent new agency", OrganisationStatus.UNVERIFIED),
    ):
        silent = make_organisation(name.title(), country="PT", status=status)
        world.add(name, slug=silent.slug)
