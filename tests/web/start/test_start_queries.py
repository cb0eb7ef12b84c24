"""The start page asks at most forty times, for every kind of user, however much there is; suggestions half of it."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import (
    AbuseReport,
    ContactMessage,
    FieldAudience,
    MemberStatus,
    Profile,
    ProfileLink,
    ProfileScheme,
    ProfileTerm,
    TermAddition,
)
from hub.notifications.service import notify
from hub.organisations.models import (
    MembershipRole,
    MergedOrganisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.vetting.models import OrganisationVerification
from tests.alerts.follows import COUNTRY, follow
from tests.catalogue.cast import record_of
from tests.catalogue.proofs import accepted_evidence, claimed, confirmed, evidence_for
from tests.catalogue.records import MEMBERS, Scene, draft, returned, submitted
from tests.factories import make_law_enforcement, make_member, make_organisation

MOST = 40


def fill_for(member):
    """Give a member some of everything that the page can show."""
    own, former = make_organisation(country="ES"), make_organisation()
    own.verified_until = now() + timedelta(days=3)
    writer = make_member()
    session().add_all(
        [
            MergedOrganisation(organisation_id=former.id, into_id=own.id),
            Profile(member_id=writer.id, audience=FieldAudience.MEMBERS),
            Profile(
                member_id=member.id,
                terms=[
                    ProfileTerm(scheme=ProfileScheme.OFFENCES, code="uncac-15"),
                    ProfileTerm(scheme=ProfileScheme.FUNCTIONS, code="detect"),
                ],
                links=[ProfileLink(url="https://example.org/"), ProfileLink(url="https://example.net/")],
            ),
        ]
    )
    session().commit()
    return own, writer


def tell_all(cast, member, innovation, writer):
    """Tell a member of each kind of thing."""
    message = ContactMessage(sender_id=writer.id, receiver_id=member.id, subject="Hello", words="Hello")
    session().add(message)
    session().commit()
    subjects = [
        ("followed_published", innovation.subject),
        ("evidence_decided", accepted_evidence(cast, innovation).subject),
        ("followed_organisation", cast.owner.subject),
        ("message_received", f"message:{message.public_id}"),
        ("followed_country", "country:GE"),
    ]
    with transaction():
        for kind, subject in subjects:
            notify([member.id], kind, subject)


KINDS = {
    "applied": lambda _cast: make_member(status=MemberStatus.APPLIED),
    "confirmed": lambda _cast: make_member(status=MemberStatus.CONFIRMED),
    "lapsed": lambda _cast: make_member(status=MemberStatus.LAPSED),
    "member": lambda _cast: make_member(),
    "representative": lambda cast: cast["partner"],
    "focal point": lambda cast: cast["registrar"],
    "law enforcement": lambda cast: cast["police"],
    "coordinator": lambda cast: cast["free"],
    "integrity officer": lambda cast: cast["officer"],
    "administrator": lambda cast: cast["admin"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_user_with_much_to_see(cast, client, queries, kind):
    member = KINDS[kind](cast)
    _own, writer = fill_for(member)
    tell_all(cast, member, record_of(cast, offences=("uncac-15",)), writer)
    if member.is_approved:
        follow(member, COUNTRY, "GE")
    assert_few(client, queries, member)


def test_somebody_who_is_everything_with_some_of_everything(cast, client, queries):
    member = make_member(
        roles=[Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR], focal_country="GE"
    )
    own, writer = fill_for(member)
    make_law_enforcement(member, "GE", valid_until=now() + timedelta(days=5))
    make_membership(member, own)
    side = Scene(own, member, cast["free"], cast["reviewer"])
    for number in range(3):
        draft(side, name=f"Begun {number}")
        returned(side, name=f"Sent back {number}")
        submitted(cast.scene, name=f"Waiting {number}", readership=MEMBERS)
        record_of(cast, name=f"New {number}", offences=("uncac-15",), readership=MEMBERS)
    innovation = record_of(cast)
    evidence_for(cast, innovation)
    claimed(cast, innovation)
    confirmed(cast, record_of(cast, name="Confirmed"))
    tell_all(cast, member, innovation, writer)
    follow(member, COUNTRY, "GE")
    unverified = make_organisation(status=OrganisationStatus.UNVERIFIED)
    session().add_all(
        [
            OrganisationVerification(organisation_id=unverified.id, requested_by_id=cast["adopter"].id),
            AbuseReport(kind="spam", words="Spam.", reported_by_id=writer.id, about_id=cast["mere"].id),
            TermAddition(scheme=ProfileScheme.SKILLS, label="Beekeeping", key="beekeeping"),
        ]
    )
    session().commit()
    page = assert_few(client, queries, member)
    for told in ("Sent back 0", "Suggestions for you", "News for you", "Georgia on the hub", "Your profile"):
        assert told in page, told


def make_membership(member, organisation):
    """Have a member speak for an organisation."""
    session().add(
        OrganisationMembership(
            organisation_id=organisation.id,
            member_id=member.id,
            role=MembershipRole.REPRESENTATIVE,
            started_at=now(),
        )
    )
    session().commit()


def assert_few(client, queries, member):
    """Open the page twice, since the first click writes its sign of life; count the second."""
    client.become(member)
    client.get("/start")
    with queries as asked:
        answer = client.get("/start")
    assert answer.status_code == 200
    assert len(asked) <= MOST, "\n\n".join([f"{len(asked)}", *asked.statements])
    return answer.text
