"""What is suggested to members: what fits with reasons that stand in both records, never what is theirs or over."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.catalogue.models import InnovationStatus
from hub.collaboration.models import RequestInvitation, RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.facts import Kind
from hub.matching.parts import TOPICAL, Emphasis, Part
from hub.matching.scoring import State
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.people import people_for_me
from hub.matching.suggesting.purposes import suggestions_for
from hub.matching.suggesting.requests import requests_for_me
from hub.matching.weights import save_weights
from hub.members.models import MemberStatus
from tests.catalogue.records import make_scene
from tests.collaboration.acts import did
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import (
    NEEDS,
    block,
    found_for,
    innovations_for_country,
    keys,
    network_request,
    officer,
    people_for_innovation,
    requests_for_innovation,
    school,
    scientist,
    tracing_tool,
)
from tests.members.introductions.people import accept, ask, decline

pytestmark = pytest.mark.db


def part_of(suggestion, part):
    return next(each for each in suggestion.match.parts if each.part is part)


# --- as people would ------------------------------------------------------------------------------------------------


def test_an_officer_who_needs_asset_tracing_finds_the_tool_and_reads_why(database, matching):
    nino = officer()
    tool, _other = tracing_tool(), school()
    page = innovations_for_me(matching, viewer_of(nino))
    assert keys(page)[0] == tool.public_id
    need = part_of(page.items[0], Part.NEED)
    assert need.state is State.MATCHED
    assert {"tracing", "stolen", "assets"} & {word.lower() for word in need.left}
    assert part_of(page.items[0], Part.FUNCTIONS).matched == ("recover_assets",)
    assert part_of(page.items[0], Part.FOR_WHOM).state is State.MATCHED


def test_a_list_is_not_full_of_one_owner(database, matching):
    nino, scene = officer(), make_scene("EE")
    ones = [tracing_tool(scene).public_id for _ in range(3)]
    other = tracing_tool(
        make_scene("LV"), countries=("LV",), functions=("recover_assets", "educate")
    ).public_id
    found = innovations_for_me(matching, viewer_of(nino))
    scores = {each.key: each.score for each in found.items}
    assert scores[other] < min(scores[each] for each in ones)
    assert keys(found).index(other) < 3


def test_a_need_in_another_language_finds_the_same_tool(database, matching):
    nino = officer(
        profile={"needs": "Un outil pour la restitution des avoirs", "language": "fr", "terms": {}}
    )
    tool, _other = tracing_tool(short_description="Asset recovery step by step."), school()
    assert found_for(matching, nino)[0] == tool.public_id


def test_a_data_scientist_reads_of_requests_that_name_their_skill(database, matching):
    member = scientist()
    request = network_request()
    opened_request(title="Room for a meeting", summary="We need chairs.", terms={"functions": ("educate",)})
    page = requests_for_me(matching, viewer_of(member))
    assert keys(page)[0] == request.public_id
    skills = part_of(page.items[0], Part.SKILLS)
    assert skills.state is State.MATCHED
    assert "network_analysis" in skills.matched


def test_who_needs_something_meets_who_offers_it(database, matching):
    nino = officer(profile={"needs": "Somebody who knows network analysis of company ownership."})
    other = scientist()
    make_profile(make_member(), headline="Gardener", offers="Trees.")
    assert found_for(matching, nino, people_for_me) == [other.public_id]
    assert found_for(matching, other, people_for_me) == [nino.public_id]


def test_a_request_that_a_record_may_answer_is_suggested_for_it(database, matching):
    tool = tracing_tool()
    request = opened_request(
        title="Tool for tracing stolen assets",
        summary="Company registers and bank statements.",
        terms={"functions": ("recover_assets",)},
    )
    opened_request(title="Chairs", summary="A room.", terms={"functions": ("educate",)})
    reader = make_member()
    assert found_for(matching, reader, requests_for_innovation, tool) == [request.public_id]


def test_people_who_could_help_with_a_record_are_suggested_for_it(database, matching):
    tool, nino = tracing_tool(), officer()
    make_profile(make_member(), headline="Gardener", offers="Trees.")
    assert found_for(matching, make_member(), people_for_innovation, tool) == [nino.public_id]


def test_a_country_is_shown_what_its_neighbours_use(database, matching):
    tool = tracing_tool(make_scene("AM"), countries=("AM",), languages=("ka",))
    known = tracing_tool(countries=("EE", "GE"), languages=("ka",))
    opened_request(country="GE", terms={"functions": ("recover_assets",), "countries": ("GE",)})
    found = found_for(matching, make_member(), innovations_for_country, "GE")
    assert tool.public_id in found
    assert known.public_id not in found


# --- reasons --------------------------------------------------------------------------------------------------------


def test_each_suggestion_names_a_topic_and_its_parts_sum_to_the_score(database, matching):
    nino, member, reader = officer(), scientist(profile={"offers": NEEDS}), make_member()
    tool, _other = tracing_tool(), school()
    network_request()
    opened_request(title="Tool for tracing stolen assets", terms={"functions": ("recover_assets",)})
    lists = [
        *(
            suggestions_for(matching, viewer_of(nino), "", kind)
            for kind in Kind
            if kind is not Kind.ORGANISATION
        ),
        requests_for_me(matching, viewer_of(member)),
        people_for_innovation(matching, viewer_of(reader), tool),
    ]
    assert all(page.items for page in lists[:2])
    for suggestion in (each for page in lists for each in page.items):
        assert any(each.part in TOPICAL for each in suggestion.match.matched)
        assert sum(each.points for each in suggestion.match.parts) == pytest.approx(suggestion.score)
        assert 0 < suggestion.score <= 100


def test_the_words_of_a_reason_stand_in_both_texts(database, matching):
    nino, tool = officer(), tracing_tool()
    page = innovations_for_me(matching, viewer_of(nino))
    revision = tool.published_revision
    record = " ".join(f"{each.name} {each.short_description} {each.description}" for each in revision.texts)
    need = part_of(page.items[0], Part.NEED)
    from_need = "tools for tracing stolen assets through company registers and bank statements."
    assert need.left
    assert all(word.lower() in from_need for word in need.left)
    assert all(word.lower() in record.lower() for word in need.right)


# --- order ----------------------------------------------------------------------------------------------------------


def test_changing_a_weight_changes_the_order(database, matching):
    member = officer(profile={"needs": "", "headline": "Lessons for pupils", "language": "en-GB"})
    by_words = school(functions=("educate",), intended_users=())
    by_function = tracing_tool(
        name="Vault", short_description="Keeps what was frozen.", description="", intended_users=()
    )
    did(save_weights, member, {Part.FUNCTIONS: Emphasis.MORE, Part.WORDS: Emphasis.LESS})
    assert found_for(matching, member)[0] == by_function.public_id
    did(save_weights, member, {Part.FUNCTIONS: Emphasis.LESS, Part.WORDS: Emphasis.MORE})
    assert found_for(matching, member)[0] == by_words.public_id


def test_a_part_that_is_left_out_suggests_nothing(database, matching):
    member = officer(profile={"needs": "", "headline": ""})
    tool = tracing_tool()
    assert found_for(matching, member) == [tool.public_id]
    did(save_weights, member, {Part.FUNCTIONS: Emphasis.LEFT_OUT})
    assert found_for(matching, member) == []


def test_weights_can_be_tried_before_they_are_kept(database, matching):
    member = officer(profile={"needs": "", "headline": ""})
    tracing_tool()
    viewer = viewer_of(member)
    assert innovations_for_me(matching, viewer).items
    assert not innovations_for_me(matching, viewer, emphases={Part.FUNCTIONS: Emphasis.LEFT_OUT}).items


def test_a_list_is_not_ten_of_one_owner(database, matching):
    nino, scene = officer(), make_scene("EE")
    of_one = [tracing_tool(scene) for _ in range(3)]
    other = tracing_tool(make_scene("EE"), description="Investigators follow stolen assets.")
    found = found_for(matching, nino)
    assert set(found) == {each.public_id for each in (*of_one, other)}
    assert found.index(other.public_id) < 3


def test_the_same_question_has_the_same_answer(database, matching):
    member = scientist()
    for _ in range(5):
        network_request()
    first = found_for(matching, member, requests_for_me)
    assert len(first) == 5
    assert found_for(matching, member, requests_for_me) == first


def test_pages_follow_one_another(database, matching):
    member = scientist()
    for _ in range(5):
        network_request()
    viewer = viewer_of(member)
    whole = requests_for_me(matching, viewer, PageRequest(1, 6))
    pages = [requests_for_me(matching, viewer, PageRequest(number, 2)) for number in (1, 2, 3)]
    assert [key for page in pages for key in keys(page)] == keys(whole)
    assert [page.total for page in pages] == [5, 5, 5]


# --- what never comes -----------------------------------------------------------------------------------------------


def test_suggestions_are_for_members(database, matching):
    tool, suspended = tracing_tool(), make_member(status=MemberStatus.SUSPENDED)
    for viewer in (VISITOR, viewer_of(suspended)):
        for suggesting, arguments in (
            (innovations_for_me, ()),
            (requests_for_me, ()),
            (people_for_me, ()),
            (people_for_innovation, (tool,)),
            (requests_for_innovation, (tool,)),
            (innovations_for_country, ("GE",)),
        ):
            with pytest.raises(ForbiddenError):
                suggesting(matching, viewer, *arguments)


def test_own_innovations_never_come(database, matching):
    scene = make_scene("EE")
    tracing_tool(scene)
    nino = officer(belongs_to=[scene.owner])
    assert found_for(matching, nino) == []


def test_archived_innovations_never_come(database, matching):
    nino, tool = officer(), tracing_tool()
    tool.status, tool.archived_at = InnovationStatus.ARCHIVED, now()
    session().commit()
    assert found_for(matching, nino) == []


def test_own_and_colleagues_requests_never_come(database, matching):
    organisation = make_organisation()
    member = scientist(represents=[organisation])
    colleague = scientist(belongs_to=[organisation])
    network_request(member)
    network_request(organisation_id=organisation.id)
    assert found_for(matching, member, requests_for_me) == []
    assert len(found_for(matching, colleague, requests_for_me)) == 1


def test_answered_requests_never_come_and_withdrawn_answers_let_them_come_again(database, matching):
    member, request = scientist(), network_request()
    response = responded(request, member)
    assert found_for(matching, member, requests_for_me) == []
    response.status = ResponseStatus.WITHDRAWN
    session().commit()
    assert found_for(matching, member, requests_for_me) == [request.public_id]


def test_requests_sent_by_name_never_come(database, matching):
    member = scientist()
    network_request(receivers=[member])
    organisation = make_organisation()
    colleague = scientist(belongs_to=[organisation])
    network_request(receivers=[organisation])
    assert found_for(matching, member, requests_for_me) == []
    assert found_for(matching, colleague, requests_for_me) == []


def test_requests_with_an_invitation_never_come(database, matching):
    member, request = scientist(), network_request()
    session().add(
        RequestInvitation(request_id=request.id, member_id=member.id, invited_by_id=request.posted_by_id)
    )
    session().commit()
    assert found_for(matching, member, requests_for_me) == []


@pytest.mark.parametrize("status", [RequestStatus.AGREED, RequestStatus.EXPIRED, RequestStatus.CANCELLED])
def test_closed_requests_never_come(database, matching, status):
    member = scientist()
    network_request(status=status)
    assert found_for(matching, member, requests_for_me) == []


def test_requests_past_their_date_never_come(database, matching):
    member, request = scientist(), network_request()
    matching.fresh()
    request.due_at = now() - timedelta(minutes=1)
    session().commit()
    # also where the index does not know yet
    assert keys(requests_for_me(matching, viewer_of(member))) == []
    assert found_for(matching, member, requests_for_me) == []


def test_blocked_people_and_their_requests_never_come(database, matching):
    nino = officer(profile={"needs": "Somebody who knows network analysis of company ownership."})
    other = scientist()
    network_request(other)
    assert found_for(matching, nino, people_for_me) == [other.public_id]
    block(nino, other)
    assert found_for(matching, nino, people_for_me) == []
    assert found_for(matching, nino, requests_for_me) == []


def test_who_blocked_somebody_still_comes_so_that_nobody_learns_of_it(database, matching):
    nino = officer(profile={"needs": "Somebody who knows network analysis of company ownership."})
    other = scientist()
    block(other, nino)
    assert found_for(matching, nino, people_for_me) == [other.public_id]


@pytest.mark.parametrize("answer", [None, decline, accept])
def test_whoever_was_asked_for_an_introduction_is_not_suggested_whatever_they_made_of_it(
    database, matching, answer
):
    nino = officer(profile={"needs": "Somebody who knows network analysis of company ownership."})
    other = scientist()
    introduction = ask(nino, other)
    if answer is not None:
        answer(other, introduction)
    assert found_for(matching, nino, people_for_me) == []


def test_nobody_is_suggested_to_themselves(database, matching):
    member = officer(profile={"offers": "Tracing stolen assets through company registers."})
    assert found_for(matching, member, people_for_me) == []


# --- cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suggesting", [innovations_for_me, requests_for_me, people_for_me])
def test_the_number_of_queries_does_not_grow(database, matching, queries_of, suggesting):
    nino, scene = officer(profile={"offers": "Network analysis"}), make_scene("EE")
    counts = []
    for number in (2, 5):
        for _ in range(number):
            tracing_tool(scene)
            network_request(scientist(profile={"needs": "Network analysis of owners"}))
        matching.forget()
        matching.fresh()
        viewer = viewer_of(nino)
        session().expire_all()
        with queries_of() as asked:
            assert len(suggesting(matching, viewer).items) >= 2
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_a_request_that_names_a_standard_finds_what_reads_or_writes_it(database, matching):
    scene = make_scene("FR")
    reads = school(scene, name="One", standards_read=("bods",))
    writes = school(scene, name="Two", standards_written=("bods",))
    school(scene, name="Three", standards_read=("ocds",))
    request = network_request(
        make_member(), title="Who has something that reads BODS?", terms={"functions": ("educate",)}
    )
    found = suggestions_for(matching, viewer_of(request.posted_by), request.subject, Kind.INNOVATION)
    parts = {each.key: {part.part: part for part in each.match.parts}[Part.STANDARDS] for each in found.items}
    assert {key for key, part in parts.items() if part.matched == ("bods",)} == {
        reads.public_id,
        writes.public_id,
    }
