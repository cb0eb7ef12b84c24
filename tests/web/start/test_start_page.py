"""The start page: what waits on each kind of user, what is new, what they began, and one next step."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import (
    ContactMessage,
    FieldAudience,
    MemberStatus,
    Profile,
    ProfileScheme,
    ProfileTerm,
)
from hub.notifications.service import notify
from hub.organisations.models import OrganisationStatus
from hub.vetting.models import OrganisationVerification
from tests.catalogue.cast import record_of
from tests.catalogue.proofs import claimed, evidence_for
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, draft, make_scene, returned, submitted, taken
from tests.factories import PASSWORD, make_member, make_organisation
from tests.web.client import parse, sign_in, words


def page_of(client):
    return words(parse(client.get("/start").text).find(".//main"))


def test_signing_in_leads_to_it_and_the_logo_home(client):
    member = make_member()
    answer = sign_in(client, member.email, PASSWORD)
    assert answer.location == "/start"
    assert client.get("/sign-in").location == "/start"
    assert 'class="brand" href="/"' in client.get("/start").text


def test_who_wanted_to_be_somewhere_gets_there(client):
    member = make_member()
    answer = client.submit("/sign-in?next=/account/interests", {"email": member.email, "password": PASSWORD})
    assert answer.location == "/account/interests"


def test_visitors_are_asked_to_sign_in(client):
    assert client.get("/start").location == "/sign-in?next=/start"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (MemberStatus.APPLIED, "Confirm your address first"),
        (MemberStatus.CONFIRMED, "Your application is being read"),
        (MemberStatus.LAPSED, "Ask to be let in again"),
    ],
)
def test_who_is_not_approved_sees_what_happens_next(client, status, told):
    client.become(make_member(status=status))
    assert told in page_of(client)


def test_a_new_member_is_shown_one_next_step(client):
    client.become(make_member())
    page = page_of(client)
    assert "Nothing waits for you" in page
    assert page.count("A good next step") == 1
    assert "Say who you are and what you look for" in page


def test_a_representative_sees_drafts_and_requested_changes_first(client):
    scene = make_scene()
    client.become(scene.partner)
    draft(scene, name="Begun")
    returned(scene, name="Sent back")
    page = page_of(client)
    assert "1 thing waits for you" in page
    assert "Answer the coordinator about Sent back" in page
    assert page.index("Sent back") < page.index("Begun")
    assert f"speaks for {scene.owner.name}" in page


def test_what_should_be_confirmed_is_late(client, cast):
    innovation = record_of(cast)
    innovation.review_due_at = now() - timedelta(days=2)
    session().commit()
    client.become(cast["registrar"])
    page = page_of(client)
    assert "Late by 2 days" in page
    assert "Confirm Ledger of gifts" in page


def test_a_coordinator_sees_every_desk_but_not_their_own_matters(cast, client):
    scene = cast.scene
    submitted(scene, name="Waiting")
    submitted(scene, name="Secret method", readership=GEORGIAN_POLICE)
    taken(scene, name="Held")
    evidence_for(cast, record_of(cast, name="Other"))
    make_member(status=MemberStatus.CONFIRMED)
    organisation = make_organisation(status=OrganisationStatus.UNVERIFIED)
    session().add(
        OrganisationVerification(organisation_id=organisation.id, requested_by_id=cast["adopter"].id)
    )
    session().commit()
    client.become(cast["reviewer"])
    page = page_of(client)
    for told in (
        "Review 2 records",
        "Decide the record you took",
        "Judge a piece of evidence",
        "14 days left",
    ):
        assert told in page, told
    assert "Secret method" not in page


def test_evidence_that_one_added_oneself_waits_for_others(cast, client):
    evidence_for(cast, record_of(cast), by="free")
    client.become(cast["free"])
    page = page_of(client)
    assert "Judge a piece of evidence" not in page
    assert "1 piece of evidence" in page


def test_only_the_other_side_is_asked_to_confirm_a_replication(cast, new_client):
    claimed(cast, record_of(cast))
    told = {
        name
        for name in ("partner", "adopter", "member", "registrar", "both")
        if cast[name]
        if "Confirm or dispute a replication" in page_of(new_client().become(cast[name]))
    }
    assert told == {"adopter"}


def test_members_messages_are_counted_and_never_quoted(client):
    reader, writer = make_member(), make_member()
    session().add(
        ContactMessage(
            sender_id=writer.id, receiver_id=reader.id, subject="Secret subject", words="Secret words"
        )
    )
    session().commit()
    client.become(reader)
    page = page_of(client)
    assert "Read 1 message" in page
    assert "Secret" not in page


def test_news_name_only_what_one_may_still_see(cast, client):
    shown, hidden = record_of(cast, name="Shown"), record_of(cast, name="Hidden", readership=GEORGIAN_POLICE)
    reader = cast["member"]
    with transaction():
        for each in (shown, hidden):
            notify([reader.id], "followed_published", each.subject)
    client.become(reader)
    page = page_of(client)
    assert "New: Shown" in page
    assert "Hidden" not in page
    assert "An innovation in what you follow was published" in page


def test_suggestions_fit_what_one_works_on_and_may_see(cast, client):
    record_of(cast, name="Fits", offences=("uncac-15",))
    record_of(cast, name="For members", offences=("uncac-15",), readership=MEMBERS)
    record_of(cast, name="For police", offences=("uncac-15",), readership=GEORGIAN_POLICE)
    record_of(cast, name="Else", offences=("uncac-17",), functions=("report",))
    reader = cast["member"]
    session().add(
        Profile(
            member_id=reader.id,
            audience=FieldAudience.MEMBERS,
            terms=[
                ProfileTerm(scheme=ProfileScheme.OFFENCES, code="uncac-15"),
                ProfileTerm(scheme=ProfileScheme.FUNCTIONS, code="detect"),
            ],
        )
    )
    session().commit()
    client.become(reader)
    page = page_of(client)
    assert "Suggestions for you" in page
    assert "Fits" in page
    assert "For members" in page
    assert "For police" not in page
    assert "Else" not in page


def test_a_focal_point_sees_the_figures_of_their_country(cast, client):
    record_of(cast)
    client.become(cast["registrar"])
    page = page_of(client)
    assert "focal point for Georgia" in page
    assert "1 of 1" in page
    assert "Only you" in page


@pytest.mark.parametrize("role", [Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_every_role_has_a_page(client, role):
    client.become(make_member(roles=[role]))
    assert client.get("/start").status_code == 200


def test_who_lacks_a_factor_is_asked_for_it_first(client):
    client.become(make_member(roles=[Role.COORDINATOR], has_factor=False))
    assert "Set up a second factor" in page_of(client)


def test_an_integrity_officer_is_never_told_that_nothing_waits(client):
    client.become(make_member(roles=[Role.INTEGRITY_OFFICER]))
    page = page_of(client)
    assert "Nothing waits for you" not in page
    assert "Look at what nobody is free to decide" in page
    assert "They are not counted here" in page
    assert 'href="/integrity"' in client.get("/start").text


def test_nobody_else_is_sent_to_the_list_of_integrity_officers(client):
    client.become(make_member(roles=[Role.COORDINATOR]))
    page = page_of(client)
    assert "Nothing waits for you" in page
    assert "nobody is free to decide" not in page


def test_who_has_a_draft_is_told_to_finish_it_first(client):
    scene = make_scene()
    begun = draft(scene)
    session().commit()
    client.become(scene.partner)
    page = page_of(client)
    assert "Finish your draft" in page
    assert f"/innovations/{begun.innovation.slug}" in client.get("/start").text
