"""Why something is suggested, and why not: the same numbers as the list, its place, and what is missing."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.catalogue.models import InnovationStatus
from hub.collaboration.models import RequestStatus
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.matching.dismissing import dismiss
from hub.matching.explaining import why
from hub.matching.parts import Emphasis, Pairing, Part
from hub.matching.scoring import LEAST_SCORE
from hub.matching.suggesting import ordering
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.requests import requests_for_me
from hub.matching.suggesting.suggestion import LEFT_OUT_WORDS, LeftOut
from hub.members.models import FieldAudience
from tests.catalogue.records import POLICE, make_scene
from tests.collaboration.acts import did
from tests.collaboration.requests import GEORGIAN_POLICE
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.matching.scenes import (
    block,
    network_request,
    officer,
    school,
    scientist,
    tracing_tool,
)

pytestmark = pytest.mark.db


def explained(index, member, subject, purpose="", **named):
    index.forget()
    return why(index, viewer_of(member), purpose, subject, **named)


# --- the same as the list -------------------------------------------------------------------------------------------


def test_it_says_the_same_as_the_list_and_at_which_place(database, matching):
    nino, scene = officer(), make_scene("EE")
    for number in range(3):
        tracing_tool(scene if number else make_scene("LV"))
    page = innovations_for_me(matching, viewer_of(nino))
    assert page.total == 3
    for place, suggestion in enumerate(page.items, 1):
        found = why(matching, viewer_of(nino), "", suggestion.subject)
        assert (found.place, found.total, found.left_out) == (place, 3, None)
        assert found.match == suggestion.match


def test_it_works_for_what_stands_far_down_the_list(database, matching, monkeypatch):
    monkeypatch.setattr(ordering, "BLOCK", 2)
    member = scientist()
    requests = [network_request() for _ in range(5)]
    places = [explained(matching, member, each.subject).place for each in requests]
    assert sorted(places) == [1, 2, 3, 4, 5]
    listed = requests_for_me(matching, viewer_of(member)).items
    assert [each.subject for each in listed] == [
        each.subject for _place, each in sorted(zip(places, requests, strict=True), key=lambda pair: pair[0])
    ]


def test_what_does_not_fit_is_explained_too(database, matching):
    nino, other = officer(), school()
    found = explained(matching, nino, other.subject)
    assert (found.place, found.left_out) == (None, LeftOut.NO_TOPIC)
    assert not found.match.is_suggestible
    assert {Part.FUNCTIONS, Part.NEED} <= {each.part for each in found.match.different}


def test_what_hardly_fits_is_not_suggested_and_says_so(database, matching):
    nino, other = officer(), scientist()
    found = explained(matching, nino, f"member:{other.public_id}")
    assert found.match.has_topic
    assert 0 < found.match.score < LEAST_SCORE
    assert (found.place, found.left_out) == (None, LeftOut.TOO_LITTLE)


def test_weights_can_be_tried(database, matching):
    nino, tool = officer(profile={"needs": "", "headline": ""}), tracing_tool()
    found = explained(matching, nino, tool.subject, emphases={Part.FUNCTIONS: Emphasis.LEFT_OUT})
    assert found.left_out is LeftOut.NO_TOPIC
    assert Part.FUNCTIONS in {each.part for each in found.match.left_out}


# --- why not --------------------------------------------------------------------------------------------------------


def test_every_reason_has_words():
    assert set(LEFT_OUT_WORDS) == set(LeftOut)


def test_what_was_set_aside_is_named_with_the_dismissal(database, matching):
    nino, tool = officer(), tracing_tool()
    dismissal = did(dismiss, nino, tool.subject, reason="known")
    found = explained(matching, nino, tool.subject)
    assert (found.place, found.left_out, found.dismissal) == (None, LeftOut.DISMISSED, dismissal)
    assert found.match.is_suggestible


def test_own_things_and_oneself(database, matching):
    scene = make_scene("EE")
    tool = tracing_tool(scene)
    nino = officer(belongs_to=[scene.owner])
    request = network_request(nino)
    for subject in (tool.subject, request.subject, f"member:{nino.public_id}"):
        found = explained(matching, nino, subject)
        assert (found.place, found.left_out) == (None, LeftOut.OWN)


def test_answered_received_and_blocked(database, matching):
    member = scientist()
    answered, received = network_request(), network_request(receivers=[member])
    responded(answered, member)
    poster = scientist()
    block(member, poster)
    for subject, reason in (
        (answered.subject, LeftOut.ANSWERED),
        (received.subject, LeftOut.RECEIVED),
        (network_request(poster).subject, LeftOut.BLOCKED),
        (f"member:{poster.public_id}", LeftOut.BLOCKED),
    ):
        assert explained(matching, member, subject).left_out is reason


def test_what_is_over(database, matching):
    nino, member = officer(), scientist()
    tool, agreed, late = tracing_tool(), network_request(status=RequestStatus.AGREED), network_request()
    tool.status, tool.archived_at = InnovationStatus.ARCHIVED, now()
    late.due_at = now() - timedelta(minutes=1)
    session().commit()
    assert explained(matching, nino, tool.subject).left_out is LeftOut.ENDED
    for request in (agreed, late):
        found = explained(matching, member, request.subject)
        assert (found.place, found.left_out) == (None, LeftOut.ENDED)
        assert found.match.is_suggestible


def test_what_a_country_has(database, matching):
    found = explained(matching, make_member(), tracing_tool(countries=("GE",)).subject, "country:GE")
    assert (found.left_out, found.pairing) == (LeftOut.HERE, Pairing.COUNTRY_INNOVATION)


def test_who_is_outside_of_the_audience(database, matching):
    poster = make_member(law_enforcement="GE")
    request, outside = network_request(poster, readership=GEORGIAN_POLICE), scientist()
    subject = f"member:{outside.public_id}"
    assert explained(matching, poster, subject, request.subject).left_out is LeftOut.OUTSIDE


def test_who_is_outside_themselves_reads_the_same_of_everybody(database, matching):
    poster = make_member()
    request = network_request(poster, readership=POLICE)
    people = [scientist(), scientist(law_enforcement="GE")]
    for each in people:
        found = explained(matching, poster, f"member:{each.public_id}", request.subject)
        assert (found.left_out, found.total) == (LeftOut.OUTSIDE, 0)


# --- what may not be known ------------------------------------------------------------------------------------------


def test_what_is_hidden_is_like_what_does_not_exist(database, matching):
    nino = officer()
    hidden = [
        tracing_tool(readership=POLICE).subject,
        network_request(readership=POLICE).subject,
        f"member:{scientist(profile={'audience': FieldAudience.NOBODY}).public_id}",
        f"member:{make_member().public_id}",
    ]
    nothing = [
        "innovation:x",
        "request:x",
        "member:x",
        "organisation:x",
        "showcase:x",
        "innovation:",
        "x",
        "",
    ]
    for subject in (*hidden, *nothing):
        with pytest.raises(NotFoundError) as refused:
            explained(matching, nino, subject)
        assert refused.value.message == NotFoundError.default


def test_purposes_of_others_are_like_what_does_not_exist(database, matching):
    nino, other = officer(), scientist()
    request = network_request()
    purposes = (request.subject, "request:x", "entry:x", "innovation:x", "country:XX", "x:y", "request", ":")
    for purpose in purposes:
        with pytest.raises(NotFoundError):
            explained(matching, nino, f"member:{other.public_id}", purpose)


def test_visitors_ask_nothing(database, matching):
    with pytest.raises(ForbiddenError):
        why(matching, VISITOR, "", tracing_tool().subject)


def test_a_merged_organisation_is_not_suggested_under_its_former_name(database, matching):
    poster = make_member()
    organisation = make_organisation("Tracers", description="Network analysis of company owners.")
    make_member(represents=[organisation])
    request = network_request(poster)
    found = explained(matching, poster, f"organisation:{organisation.slug}", request.subject)
    assert (found.place, found.subject) == (1, f"organisation:{organisation.slug}")


def test_nothing_to_compare_is_said_so(database, matching):
    nino, tool = officer(), tracing_tool()
    tool.set_readership(POLICE)
    session().commit()
    curator = make_member(law_enforcement="GE")
    found = explained(matching, curator, f"member:{nino.public_id}", tool.subject)
    assert found.left_out is LeftOut.OUTSIDE
