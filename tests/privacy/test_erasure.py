"""Erasing an account: gone everywhere, contributions under a pseudonym, a clear outcome for everything open."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import String, Text, cast, func, select

from hub.access.viewer import VISITOR, Role
from hub.alerts.models import Follow, FollowedKind
from hub.audit.events import Event
from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.models import Innovation, InnovationRevision, RevisionStatus
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError
from hub.core.outbox import OutboxMessage, claim_due, forget_sent, mark_sent, queue_mail
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.models import DeclaredInterest
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.links import make_token
from hub.members.models import (
    AbuseReport,
    Block,
    ContactMessage,
    DataExport,
    FieldAudience,
    Member,
    MemberStatus,
    Profile,
    ProfileLink,
    ProfileScheme,
    ProfileTerm,
    SignInSession,
    TermAddition,
    TokenPurpose,
)
from hub.members.profiles.documents import document_id
from hub.migrations.tables import METADATA
from hub.notifications.models import Notification
from hub.notifications.service import notify
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.queries import law_enforcement_status
from hub.privacy.erasure import erase_account, erase_for_the_hub, open_matters
from hub.privacy.inventory import LINKS, Fate
from hub.search.documents import Collection, Document
from hub.search.models import SearchJournal
from hub.search.service import queue_document
from hub.vetting.factor_resets import request_reset
from hub.vetting.invitations import invite
from hub.vetting.models import Application, Invitation, InvitationStatus, RoleAction, RoleProposal
from hub.vetting.roles import propose_role
from tests.catalogue.records import draft, make_scene, published, revised, submitted, taken
from tests.factories import make_law_enforcement, make_member, make_organisation

pytestmark = pytest.mark.db

CANARY = "kestrelword"
ADDRESS = f"{CANARY}@ngo.example"


def erase(member):
    with transaction():
        erase_account(member)


def a_full_life():
    """Return a member who left words in every table that they can."""
    somebody, other = make_member(ADDRESS, display_name=f"Ana {CANARY}", country="GE"), make_member()
    organisation = make_organisation()
    with transaction():
        make_law_enforcement(somebody, "GE", words=CANARY)
        session().execute(LawEnforcementStatus.__table__.update().values(authority=CANARY, reference=CANARY))
        session().add(
            Profile(
                member_id=somebody.id,
                audience=FieldAudience.PUBLIC,
                headline=CANARY,
                biography=CANARY,
                contact_email=ADDRESS,
            )
        )
        session().flush()
        addition = TermAddition(
            scheme=ProfileScheme.SKILLS, label="Falconry", key="falconry", added_by_id=somebody.id
        )
        session().add(addition)
        session().flush()
        session().add(ProfileTerm(member_id=somebody.id, scheme=ProfileScheme.SKILLS, code=addition.code))
        session().add(ProfileLink(member_id=somebody.id, position=0, url=f"https://{CANARY}.example"))
        session().add(Application(member_id=somebody.id, words=CANARY, consent_version="1", applied_at=now()))
        session().add(Follow(member_id=somebody.id, kind=FollowedKind.COUNTRY, key="GE"))
        session().add(Block(member_id=somebody.id, blocked_id=other.id))
        session().add(
            SignInSession(
                token_hash="h", member_id=somebody.id, created_at=now(), last_seen_at=now(), user_agent=CANARY
            )
        )
        session().add(DataExport(member_id=somebody.id, language="en-GB"))
        session().add(
            OrganisationMembership(
                organisation_id=organisation.id, member_id=somebody.id, role="member", started_at=now()
            )
        )
        first = ContactMessage(sender_id=somebody.id, receiver_id=other.id, subject=CANARY, words=CANARY)
        session().add(first)
        session().flush()
        session().add(
            ContactMessage(
                sender_id=other.id,
                receiver_id=somebody.id,
                subject="Re",
                words="Thank you",
                answers_id=first.id,
            )
        )
        notify([other.id], "message_received", f"message:{first.public_id}")
        notify([somebody.id], "message_received", "message:none")
        make_token(TokenPurpose.ADDRESS, member_id=somebody.id, address=ADDRESS)
        queue_mail("has_account", address=ADDRESS, language="en-GB")
        queue_mail("role_granted", member_id=somebody.id, language="en-GB", name=CANARY)
        queue_document(
            Document(
                id=document_id(somebody),
                collection=Collection.MEMBERS,
                labels=frozenset({"public"}),
                texts={"en": {"name": CANARY}},
                facets={},
                sort={},
            ),
            narrows=False,
        )
        declare_interest(somebody, Declaration("employer", "Bureau", words=CANARY))
    return somebody, other


def words_with(canary):
    """Return the tables and columns that hold a word."""
    found = []
    for table in METADATA.tables.values():
        for column in table.columns:
            if isinstance(column.type, String | Text) or column.type.__class__.__name__ == "JSON":
                held = cast(column, Text).like(f"%{canary}%")
                if session().scalar(select(func.count()).select_from(table).where(held)):
                    found.append(f"{table.name}.{column.name}")
    return found


def test_nothing_personal_is_left_in_any_column(database):
    somebody, _other = a_full_life()
    assert len(words_with(CANARY)) > 12
    erase(somebody)
    # the last mail to the address waits
    assert words_with(CANARY) == ["outbox_messages.address"]
    mail = database.scalars(select(OutboxMessage).where(OutboxMessage.address == ADDRESS)).one()
    assert mail.kind == "account_erased"
    assert somebody.status is MemberStatus.ERASED
    assert re.fullmatch("Former member [a-z]{6}", somebody.display_name)
    assert somebody.display_name[-6:] not in somebody.public_id
    assert (somebody.email, somebody.password_hash, somebody.country) == (None, None, None)
    assert not somebody.is_active
    assert viewer_of(somebody) == VISITOR


def test_each_reference_has_the_fate_that_the_inventory_gives(database):
    somebody, _other = a_full_life()
    before = {link.name: count(link, somebody) for link in LINKS}
    erase(somebody)
    for link in LINKS:
        left = count(link, somebody)
        expected = before[link.name] if link.fate in {Fate.KEEP, Fate.BLANK} else 0
        assert left == expected, link.name


def count(link, member):
    return session().scalar(select(func.count()).select_from(link.model).where(link.is_of(member)))


def test_the_audit_log_is_whole_and_tells_of_it(database):
    somebody, _other = a_full_life()
    before = database.scalar(select(func.count()).select_from(AuditEntry))
    erase(somebody)
    assert verify_stored(stored_entries(), first_loose_number()).is_whole
    entries = database.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert len(entries) > before
    assert [each.tag for each in entries][-1] == Event.MEMBER_ERASE
    assert entries[-1].actor == somebody.public_id
    journal = database.scalars(select(SearchJournal).order_by(SearchJournal.number.desc()).limit(1)).one()
    assert (journal.document_id, journal.document) == (f"member:{somebody.public_id}", None)


def test_a_reported_message_stays_with_its_report(database):
    somebody, other = a_full_life()
    sent = database.scalar(select(ContactMessage).where(ContactMessage.sender_id == somebody.id))
    with transaction():
        database.add(
            AbuseReport(
                kind="harassment",
                words="See.",
                reported_by_id=other.id,
                about_id=somebody.id,
                message_id=sent.id,
            )
        )
    assert open_matters(somebody).reports == 1
    erase(somebody)
    assert sent.id in database.scalars(select(ContactMessage.id)).all()
    assert database.scalar(select(AbuseReport)).about.display_name.startswith("Former member")


def test_others_are_not_told_of_messages_that_are_gone(database):
    somebody, other = a_full_life()
    erase(somebody)
    assert not database.scalars(select(Notification).where(Notification.member_id == other.id)).all()


def test_contributions_stay_under_the_pseudonym(database):
    scene = make_scene()
    innovation = published(scene).innovation
    name = innovation.published_revision.source_text.name
    erase(scene.partner)
    database.refresh(innovation)
    assert innovation.is_shown
    assert innovation.published_revision.source_text.name == name
    registered = database.get(Member, innovation.registered_by_id)
    assert registered.display_name.startswith("Former member ")


def test_drafts_go_and_waiting_revisions_are_withdrawn_where_nobody_else_goes_on(database):
    scene = make_scene()
    thrown, waiting, read = draft(scene), submitted(scene), taken(scene)
    shown = published(scene).innovation
    again = revised(scene, shown)
    work = open_matters(scene.partner).records
    assert work.discarded == (thrown.innovation,)
    assert set(work.withdrawn) == {waiting, read}
    assert work.left == (shown,)
    gone = thrown.innovation.id
    erase(scene.partner)
    assert database.get(Innovation, gone) is None
    assert {waiting.status, read.status} == {RevisionStatus.WITHDRAWN}
    # a begun revision of a published record waits for the organisation's next representative
    assert again.status is RevisionStatus.DRAFT
    assert shown.is_shown


def test_a_colleague_goes_on_with_everything(database):
    scene = make_scene()
    begun, waiting = draft(scene), submitted(scene)
    make_member(represents=[scene.owner])
    work = open_matters(scene.partner).records
    assert (work.discarded, work.withdrawn, work.left) == ((), (), ())
    erase(scene.partner)
    assert (begun.status, waiting.status) == (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED)
    assert database.get(Organisation, scene.owner.id).status is OrganisationStatus.VERIFIED


def test_what_a_coordinator_holds_goes_back(database):
    scene = make_scene()
    make_member(roles=[Role.COORDINATOR])
    held = taken(scene)
    erase(scene.coordinator)
    database.refresh(held)
    assert (held.status, held.reviewer_id) == (RevisionStatus.SUBMITTED, None)
    assert not database.scalar(
        select(func.count())
        .select_from(InnovationRevision)
        .where(InnovationRevision.reviewer_id == scene.coordinator.id)
    )


def test_the_last_representative_leaves_an_organisation_unspoken(database):
    scene = make_scene()
    police = make_member(belongs_to=[scene.owner])
    with transaction():
        make_law_enforcement(police, "GE", organisation_id=scene.owner.id)
    assert [each.organisation for each in open_matters(scene.partner).standing.unspoken] == [scene.owner]
    erase(scene.partner)
    assert database.get(Organisation, scene.owner.id).status is OrganisationStatus.LAPSED
    assert law_enforcement_status(police.id, now()) is None
    membership = database.scalar(
        select(OrganisationMembership).where(OrganisationMembership.member_id == scene.partner.id)
    )
    assert membership.status is MembershipStatus.ENDED
    assert database.scalars(select(Notification).where(Notification.kind == "organisation_unspoken")).all()


def test_the_hub_keeps_the_coordinators_that_it_needs(database):
    first, second = make_member(roles=[Role.COORDINATOR]), make_member(roles=[Role.COORDINATOR])
    assert open_matters(first).is_needed
    with pytest.raises(ConflictError, match="successor"):
        erase(first)
    assert first.status is MemberStatus.APPROVED
    make_member(roles=[Role.COORDINATOR])
    erase(first)
    # now the hub needs the other one
    with pytest.raises(ConflictError):
        erase(second)


def test_roles_proposals_invitations_and_reports_of_loss_end(database):
    leaving = make_member(focal_country="GE", roles=[Role.INTEGRITY_OFFICER])
    guest, other = make_member(), make_member(roles=[Role.INTEGRITY_OFFICER])
    with transaction():
        mine = propose_role(leaving, guest, Role.COORDINATOR, reason="Reads well.")
        mine_too = propose_role(other, leaving, Role.COORDINATOR, reason="A secret reason.")
        invite(leaving, "guest@ngo.example", country="GE")
        request_reset(leaving, "Call me.")
    standing = open_matters(leaving).standing
    assert (len(standing.roles), len(standing.invitations), standing.has_reset) == (2, 1, True)
    assert set(standing.proposals) == {mine, mine_too}
    erase(leaving)
    found = database.scalars(select(RoleProposal)).all()
    assert {each.status for each in found} == {ProposalStatus.WITHDRAWN}
    assert [each.reason for each in found if each.member_id == leaving.id] == [""]
    assert database.scalar(select(Invitation)).status is InvitationStatus.REVOKED
    assert viewer_of(leaving) == VISITOR


def test_an_invitation_to_the_address_forgets_it(database):
    inviting = make_member(focal_country="GE")
    somebody = make_member(ADDRESS)
    with transaction():
        invite(inviting, ADDRESS, country="GE")
    erase(somebody)
    assert database.scalar(select(Invitation)).email == f"{somebody.public_id}@erased.invalid"
    assert words_with(ADDRESS) == ["outbox_messages.address"]


def test_declared_interests_stay_so_that_nobody_hides_a_conflict(database):
    somebody, _other = a_full_life()
    erase(somebody)
    left = database.scalar(select(DeclaredInterest))
    assert (left.organisation_name, left.words) == ("Bureau", "")


def test_the_address_is_free_again_and_opens_nothing(database):
    somebody = make_member(ADDRESS)
    erase(somebody)
    again = make_member(ADDRESS)
    assert again.public_id != somebody.public_id


@pytest.mark.parametrize("status", [each for each in MemberStatus if each is not MemberStatus.ERASED])
def test_every_standing_can_be_erased_once(database, status):
    somebody = make_member(status=status, vetted_until=now() - timedelta(days=1))
    with transaction():
        erase_for_the_hub(somebody)
    assert somebody.status is MemberStatus.ERASED
    with pytest.raises(ConflictError), transaction():
        erase_for_the_hub(somebody)


def test_mails_to_others_keep_neither_name_nor_the_way_back(database):
    organisation = make_organisation()
    somebody = make_member(ADDRESS, display_name=f"Ana {CANARY}", represents=[organisation])
    other, namesake = make_member(), make_member(display_name=f"Ana {CANARY}", represents=[organisation])
    with transaction():
        for inviter in (somebody, namesake):
            invite(inviter, f"new-{inviter.id}@ngo.example", organisation=organisation)
        session().add(
            RoleProposal(
                member_id=other.id,
                action=RoleAction.GRANT,
                role=Role.COORDINATOR,
                reason="",
                proposed_by_id=somebody.id,
                proposed_at=now(),
            )
        )
        queue_mail("role_offered", member_id=other.id, language="en-GB", name=somebody.display_name)
        queue_mail("role_offered", member_id=other.id, language="en-GB", name="Somebody else")
    erase(somebody)
    of_interest = {"invitation", "role_offered", "account_erased"}
    mails = session().scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    kinds = [(each.kind, each.address) for each in mails if each.kind in of_interest]
    assert kinds == [
        ("invitation", f"new-{namesake.id}@ngo.example"),
        ("role_offered", None),
        ("account_erased", ADDRESS),
    ]
    # as long as the last mail waits its address is needed; after that nothing ties it to the pseudonym
    with transaction():
        assert forget_sent() == 0
    with transaction():
        claims = claim_due(10)
    with transaction():
        mark_sent(*claims)
    with transaction():
        assert forget_sent() == 1
    assert session().scalar(select(func.count(OutboxMessage.id)).where(OutboxMessage.address == ADDRESS)) == 0
