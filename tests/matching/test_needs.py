"""The board of needs without matches: what is below the line, what the coordinator may see, and why that may be."""

from datetime import timedelta

import pytest

from hub.access.viewer import Role
from hub.collaboration.models import RequestStatus
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.facts import Facts, Kind, Role as TextRole, Scheme, Text
from hub.matching.models import Strength
from hub.matching.needs import FEW_WORDS, MET_FROM, Hint, hints_of, unmet_needs
from hub.members.models import FieldAudience, MemberStatus
from tests.collaboration.acts import later
from tests.collaboration.requests import GEORGIAN_POLICE, opened_request
from tests.factories import make_member, make_profile
from tests.matching.scenes import NEEDS, officer

LONG = "asset tracing in company registers " * 6


def facts(words=LONG, *, kind=Kind.REQUEST, **codes):
    """Return what is known of a request, or of a member."""
    role = TextRole.ABOUT if kind is Kind.REQUEST else TextRole.NEEDS
    texts = (Text(role, "en-GB", body=words), Text(TextRole.OWN_REQUEST, "en-GB", body=LONG))
    return Facts(
        kind, "key", frozenset({"member"}), texts, {Scheme(name): frozenset(of) for name, of in codes.items()}
    )


@pytest.mark.parametrize(
    ("known", "best", "days", "hints"),
    [
        (facts(functions=["detect"]), 20, None, {Hint.FAR}),
        (facts(functions=["detect"]), 0, None, {Hint.NOTHING}),
        (facts(), 20, None, {Hint.FAR, Hint.NO_TOPICS}),
        (facts("Asset tracing", sectors=["health"]), 20, None, {Hint.FAR, Hint.SHORT}),
        (facts("Asset tracing", kind=Kind.MEMBER), 0, None, {Hint.NOTHING, Hint.SHORT, Hint.NO_TOPICS}),
        (facts(offences=["bribery"]), 20, 3, {Hint.FAR, Hint.ENDS_SOON}),
        (facts(offences=["bribery"]), 20, 30, {Hint.FAR}),
    ],
)
def test_why_nothing_fits(known, best, days, hints):
    due_at = None if days is None else clock.now() + timedelta(days=days)
    assert set(hints_of(known, best, due_at)) == hints


def test_the_line_between_much_and_little_is_in_words():
    assert Hint.SHORT not in hints_of(facts("word " * FEW_WORDS), 10)
    assert Hint.SHORT in hints_of(facts("word " * (FEW_WORDS - 1)), 10)


def measured(subject, innovation, person=0):
    """Store how well a need is met."""
    session().add(Strength(subject=subject, innovation=innovation, person=person))
    session().commit()


def board(coordinator, kind=None, number=1, per_page=20):
    """Return who or what stands on the board, in order."""
    page = unmet_needs(viewer_of(coordinator), PageRequest(number, per_page), kind)
    found = [each.request.public_id if each.request else each.profile.public_id for each in page.items]
    assert page.total == len(found) or per_page < 20
    return found


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.mark.db
def test_what_nothing_fits_well_is_on_the_board_the_least_met_first(coordinator):
    met, far, none = opened_request(), opened_request(), officer()
    people_only = opened_request()
    measured(met.subject, MET_FROM, 0)
    measured(far.subject, MET_FROM - 1, 10)
    measured(f"member:{none.public_id}", 0)
    measured(people_only.subject, 0, MET_FROM)
    assert board(coordinator) == [none.public_id, far.public_id]
    assert board(coordinator, Kind.REQUEST) == [far.public_id]
    assert board(coordinator, Kind.MEMBER) == [none.public_id]


@pytest.mark.db
def test_a_line_says_how_well_the_best_fits_and_since_when(coordinator):
    request = opened_request()
    measured(request.subject, 12, 20)
    (need,) = unmet_needs(viewer_of(coordinator), PageRequest()).items
    assert (need.innovation, need.person, need.best) == (12, 20, 20)
    assert need.since == request.opened_at
    assert need.request.public_id == request.public_id
    assert Hint.FAR in need.hints


@pytest.mark.db
def test_the_board_has_pages(coordinator):
    for place in range(3):
        measured(opened_request().subject, place)
    first, second = (board(coordinator, number=number, per_page=2) for number in (1, 2))
    assert (len(first), len(second)) == (2, 1)
    assert unmet_needs(viewer_of(coordinator), PageRequest(2, 2)).total == 3


@pytest.mark.db
def test_what_the_coordinator_may_not_see_is_neither_shown_nor_counted(coordinator):
    restricted = opened_request(readership=GEORGIAN_POLICE)
    police = make_member(law_enforcement="GE")
    make_profile(police, FieldAudience.LAW_ENFORCEMENT, needs=NEEDS)
    nobody = make_member()
    make_profile(nobody, FieldAudience.NOBODY, needs=NEEDS)
    gone = officer(status=MemberStatus.SUSPENDED)
    for subject in (restricted.subject, *(f"member:{each.public_id}" for each in (police, nobody, gone))):
        measured(subject, 0)
    assert board(coordinator) == []


@pytest.mark.db
def test_who_may_see_it_by_themselves_has_it_on_the_board(database):
    coordinator = make_member(roles=[Role.COORDINATOR], law_enforcement="GE")
    restricted = opened_request(readership=GEORGIAN_POLICE)
    measured(restricted.subject, 0)
    assert board(coordinator) == [restricted.public_id]


@pytest.mark.db
@pytest.mark.parametrize(
    "status", [RequestStatus.AGREED, RequestStatus.COMPLETED, RequestStatus.EXPIRED, RequestStatus.WITHDRAWN]
)
def test_a_request_that_takes_no_responses_is_not_there(status, coordinator):
    measured(opened_request(status=status).subject, 0)
    assert board(coordinator) == []


@pytest.mark.db
def test_a_request_past_its_due_date_is_not_there(coordinator, monkeypatch):
    measured(opened_request(days=3).subject, 0)
    assert len(board(coordinator)) == 1
    later(monkeypatch, timedelta(days=4))
    assert board(coordinator) == []


@pytest.mark.db
def test_who_looks_for_nothing_any_more_is_not_there(coordinator):
    member = make_member()
    make_profile(member, needs="")
    measured(f"member:{member.public_id}", 0)
    assert board(coordinator) == []


@pytest.mark.db
@pytest.mark.parametrize("roles", [[], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]])
def test_nobody_but_coordinators_reads_the_board(roles, database):
    with pytest.raises(ForbiddenError):
        unmet_needs(viewer_of(make_member(roles=roles)), PageRequest())
