"""A request can be about a showcase, or born from an entry of it, as far as its requester may know of them."""

from dataclasses import replace

import pytest

from hub.collaboration.posting.copying import copy_request
from hub.collaboration.posting.details import RequestDetails
from hub.collaboration.posting.service import begin_request, save_request
from hub.collaboration.showcases.naming import showcases_offered
from hub.collaboration.showcases.receivers import can_ask_side, side_reached
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryStatus
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.past import asked_after, past_showcase, shown_entry
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    confirmed_entry,
    drafted_showcase,
    make_curator,
    opened_showcase,
    proposed_entry,
)

pytestmark = pytest.mark.db

SAID = RequestDetails(type="pilot_partner", language="en-GB", title="Try it with us")


@pytest.fixture
def poster(database):
    return make_member()


def begun(poster, **said):
    return did(begin_request, poster, replace(SAID, **said), time_zone="UTC")


def test_it_is_about_a_showcase_and_an_entry_of_its_programme(poster):
    entry = shown_entry(past_showcase())
    request = begun(poster, showcase_id=entry.showcase_id, entry_id=entry.id, is_counted=True)
    assert (request.showcase, request.entry, request.is_counted) == (entry.showcase, entry, True)


@pytest.mark.parametrize("make", [drafted_showcase, lambda: past_showcase(readership=GEORGIAN_POLICE)])
def test_a_showcase_that_one_cannot_see_is_none(poster, make):
    showcase = make()
    with pytest.raises(InvalidError):
        begun(poster, showcase_id=showcase.id)
    assert showcase not in showcases_offered(viewer_of(poster))


def test_a_draft_is_none_for_its_team_either(database):
    curator = make_curator()
    showcase = drafted_showcase(curator)
    with pytest.raises(InvalidError):
        begun(curator, showcase_id=showcase.id)


@pytest.mark.parametrize(
    "make",
    [
        lambda showcase: proposed_entry(showcase, status=EntryStatus.REJECTED),
        confirmed_entry,
        lambda _: shown_entry(past_showcase()),
    ],
    ids=["rejected", "without a slot", "of another showcase"],
)
def test_an_entry_outside_the_programme_is_none(poster, make):
    showcase = past_showcase()
    with pytest.raises(InvalidError):
        begun(poster, showcase_id=showcase.id, entry_id=make(showcase).id)


def test_another_showcase_lets_go_of_the_entry(poster):
    entry = shown_entry(past_showcase())
    other = opened_showcase()
    request = begun(poster, showcase_id=entry.showcase_id, entry_id=entry.id)
    said = RequestDetails(showcase_id=other.id)
    did(save_request, poster, request, said, version=request.version)
    assert (request.showcase_id, request.entry_id) == (other.id, None)


def test_a_copy_is_about_the_showcase_and_counts_for_nothing(poster):
    entry = shown_entry(past_showcase())
    request = asked_after(entry, poster)
    copy = did(copy_request, poster, request)
    assert (copy.showcase_id, copy.entry_id, copy.is_counted) == (entry.showcase_id, None, False)


def test_who_shows_it_is_asked_as_organisation_and_not_by_themselves(poster):
    entry = shown_entry(past_showcase())
    owner = entry.proposed_by
    assert side_reached(viewer_of(poster), entry)[0] == entry.organisation
    assert can_ask_side(viewer_of(poster), entry)
    assert not can_ask_side(viewer_of(owner), entry)


def test_an_organisation_for_which_nobody_acts_reaches_nobody(poster):
    entry = shown_entry(past_showcase(), presenters=["Ada Example"])
    for each in session().query(type(entry.proposed_by)).all():
        if each != poster:
            each.status = "suspended"
    session().commit()
    assert side_reached(viewer_of(poster), entry) == []
