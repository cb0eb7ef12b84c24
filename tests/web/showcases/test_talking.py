"""“I want to talk to them”: a request to those who presented, whole but for a last look; never about a case."""

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.posting.completeness import missing_parts
from hub.core.database import session
from hub.members.models import Profile
from tests.collaboration.acts import told
from tests.factories import make_member
from tests.showcases.past import asked_after, past_showcase, shown_entry
from tests.showcases.scenes import GEORGIAN_POLICE, make_slot, recorded_innovation
from tests.web.client import main_of, words

SAID = {
    "real_case": "no",
    "type": "pilot_partner",
    "words": "We check 400 declarations a year and would like to try it.",
    "outcome_wanted": "A list of what does not match, in one region.",
    "counted": "yes",
}


@pytest.fixture
def entry(database):
    return shown_entry(past_showcase(), recorded_innovation())


@pytest.fixture
def visitor(database):
    return make_member(country="ES")


@pytest.fixture
def page(new_client, visitor):
    return new_client().become(visitor)


def address(entry):
    slots = entry.__table__.metadata.tables["showcase_slots"]
    slot_id = session().execute(slots.select().where(slots.c.entry_id == entry.id)).one().public_id
    return f"/showcases/{entry.showcase.slug}/slots/{slot_id}/talk"


def text_of(answer):
    return words(main_of(answer.text))


def asked(page, entry, **said):
    """Go through both steps; return the answer to the second."""
    first = page.submit(address(entry), {"real_case": "no"})
    assert first.status_code == 200
    return page.submit(first, {**SAID, **said}, action=address(entry))


def request_of(entry):
    return session().query(CollaborationRequest).filter_by(entry_id=entry.id).one()


def test_it_begins_with_the_question_and_without_a_field_for_text(page, entry):
    answer = page.get(address(entry))
    fields = {each.get("name") for each in main_of(answer.text).iter("input")}
    assert fields == {"csrf_token", "real_case"}
    assert next(main_of(answer.text).iter("textarea"), None) is None


def test_a_whole_draft_is_begun_and_sent_to_the_organisation(page, entry, visitor):
    answer = asked(page, entry)
    request = request_of(entry)
    assert (answer.status_code, answer.location) == (303, f"/collaboration/{request.public_id}/draft/check")
    assert missing_parts(request) == []
    assert (request.type, request.tlp, request.is_counted) == ("pilot_partner", Tlp.AMBER, True)
    assert (request.showcase_id, request.innovation_id) == (entry.showcase_id, entry.innovation_id)
    assert [each.organisation_id for each in request.receivers] == [entry.innovation.owner_id]
    check = page.get(answer.location)
    assert entry.showcase.name in text_of(check)
    assert "Yes, count it" in text_of(check)
    sent = page.act(f"/collaboration/{request.public_id}/send", {"version": request.version})
    assert sent.status_code == 303
    assert request.status is RequestStatus.OPEN
    assert "request_received" in told(entry.proposed_by)
    shown = text_of(page.get(f"/collaboration/{request.public_id}"))
    assert "Born from a showcase" in shown
    assert entry.showcase.name in shown


def test_of_a_case_nothing_is_kept(page, entry):
    answer = asked(page, entry, real_case="yes")
    assert "Nothing was kept" in text_of(answer)
    assert session().query(CollaborationRequest).count() == 0


def test_traces_of_a_case_are_asked_about(page, entry):
    answer = asked(page, entry, words="Call me on +995 555 12 34 56.")
    assert answer.status_code == 422
    assert "+995 555 12 34 56" in text_of(answer)
    assert session().query(CollaborationRequest).count() == 0


@pytest.mark.parametrize("field", ["type", "words", "outcome_wanted"])
def test_an_empty_answer_is_asked_for_and_the_rest_kept(page, entry, field):
    answer = asked(page, entry, **{field: ""})
    assert answer.status_code == 422
    kept = SAID["outcome_wanted"] if field == "words" else SAID["words"]
    assert (kept in answer.text) is True


def test_a_presenter_who_takes_messages_can_be_asked_instead(page, entry):
    presenter = entry.presenters[0].member
    session().get(Profile, presenter.id)
    answer = page.submit(address(entry), {"real_case": "no"})
    choices = {each.get("value") for each in main_of(answer.text).iter("input") if each.get("name") == "to"}
    expected = {f"organisation:{entry.innovation.owner.slug}"}
    profile = session().get(Profile, presenter.id)
    if profile is not None and profile.is_contactable:
        expected.add(f"member:{presenter.public_id}")
    assert choices == expected
    assert asked(page, entry, to="member:somebody").status_code == 422


def test_who_shows_it_asks_nobody(new_client, entry):
    own = new_client().become(entry.proposed_by)
    assert "You show it yourself" in text_of(own.get(address(entry)))
    answer = own.act(address(entry), SAID)
    assert answer.status_code == 200
    assert session().query(CollaborationRequest).count() == 0


def test_who_asked_before_is_shown_it(page, entry, visitor):
    request = asked_after(entry, visitor)
    assert request.title in text_of(page.get(address(entry)))
    other = asked_after(entry, title="Somebody else asks")
    assert other.title not in page.get(address(entry)).text


def test_a_visitor_signs_in_first(client, entry):
    answer = client.get(address(entry))
    assert answer.status_code == 303
    assert "/sign-in" in answer.location


def test_what_is_hidden_is_not_there(page, new_client, entry):
    entry.innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    officer = new_client().become(make_member(law_enforcement="GE"))
    assert officer.get(address(entry)).status_code == 200
    assert page.get(address(entry)).status_code == 404
    assert page.act(address(entry), SAID).status_code == 404


def test_nobody_is_asked_of_a_break(page, database):
    slot = make_slot(past_showcase())
    assert page.get(f"/showcases/{slot.showcase.slug}/slots/{slot.public_id}/talk").status_code == 404


def test_a_request_can_be_about_a_showcase_and_is_named_to_who_sees_it(page, new_client, visitor):
    showcase = past_showcase(readership=GEORGIAN_POLICE)
    everybody = past_showcase(name="Stage for everybody")
    begun = {"real_case": "no", "type": "showcase_speaker", "title": "A speaker", "language": "en"}
    draft = page.act("/collaboration/new", begun)
    part = f"{draft.location}/about"
    assert showcase.name not in page.get(part).text
    assert page.submit(part, {"functions": ["detect"], "showcase": everybody.public_id}).status_code == 303
    request = session().query(CollaborationRequest).one()
    assert request.showcase_id == everybody.id
    assert page.submit(part, {"showcase": showcase.public_id}).status_code == 422
    assert "About the showcase Stage for everybody" in text_of(
        page.get(draft.location.removesuffix("/draft"))
    )
    assert page.submit(part, {"showcase": ""}).status_code == 303
    assert request.showcase_id is None


def test_a_showcase_hidden_since_stays_and_is_not_named(page, visitor):
    entry = shown_entry(past_showcase())
    request = asked_after(entry, visitor, status=RequestStatus.DRAFT, opened_at=None, submitted_at=None)
    entry.showcase.set_readership(GEORGIAN_POLICE)
    session().commit()
    part = f"/collaboration/{request.public_id}/draft/about"
    assert entry.showcase.name not in page.get(part).text
    assert page.submit(part, {"functions": ["detect"]}).status_code == 303
    assert request.entry_id == entry.id
    assert entry.showcase.name not in page.get(f"/collaboration/{request.public_id}").text


def test_whether_it_counts_can_be_changed_until_it_is_sent(page, entry, visitor):
    asked(page, entry)
    request = request_of(entry)
    part = f"/collaboration/{request.public_id}/draft/about"
    assert page.submit(part, {"is_counted": "no"}).status_code == 303
    assert request.is_counted is False
    assert request.entry_id == entry.id


def test_a_coordinator_may_ask_as_everybody_else(new_client, entry):
    page = new_client().become(make_member(roles=[Role.COORDINATOR]))
    assert page.get(address(entry)).status_code == 200
