"""What an organisation proposed and sponsored, once it is merged into another one."""

import pytest

from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.showcases.merging import showcases_merged
from hub.showcases.models import ShowcaseSponsor
from hub.showcases.permissions import is_on_entry_side
from tests.collaboration.acts import did
from tests.factories import make_member, make_organisation
from tests.showcases.scenes import opened_showcase, proposed_entry

pytestmark = pytest.mark.db


@pytest.fixture
def present(database):
    return make_organisation("Present")


@pytest.fixture
def former(database):
    return make_organisation("Former")


def test_entries_are_those_of_what_it_became(former, present):
    head = make_member(represents=[present])
    entry = proposed_entry(opened_showcase(), organisation_id=former.id)
    assert not is_on_entry_side(viewer_of(head), entry)
    did(showcases_merged, former.id, present.id)
    assert entry.organisation == present
    assert is_on_entry_side(viewer_of(head), entry)


def test_sponsors_lead_to_it_under_the_name_that_was_disclosed(former, present):
    showcase = opened_showcase(has_no_sponsors=False)
    showcase.sponsors = [ShowcaseSponsor(name="Former", position=0, organisation_id=former.id)]
    session().commit()
    did(showcases_merged, former.id, present.id)
    (sponsor,) = showcase.sponsors
    assert (sponsor.organisation, sponsor.name) == (present, "Former")


def test_those_of_others_stay(former, present):
    entry = proposed_entry(opened_showcase())
    owner = entry.organisation_id
    did(showcases_merged, former.id, present.id)
    assert entry.organisation_id == owner
