"""What curators are told of an entry leads to its page for those who judge it, whatever became of the entry."""

import pytest

from hub.alerts.things import describe
from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.mail.places import path_to
from hub.showcases.models import EntryStatus
from hub.showcases.telling import tell_judges
from tests.showcases.scenes import make_curator, opened_showcase, proposed_entry
from tests.web.client import main_of


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("entry_proposed", EntryStatus.PROPOSED),
        ("entry_left", EntryStatus.WITHDRAWN),
        ("entry_answered", EntryStatus.CONFIRMED),
        ("entry_to_place", EntryStatus.ACCEPTED),
        ("feature_proposed", EntryStatus.CONFIRMED),
    ],
)
def test_a_curator_reaches_what_they_are_told_of(client, database, kind, status):
    curator = make_curator()
    showcase = opened_showcase(curator)
    entry = proposed_entry(showcase, status=status)
    thing = describe({entry.subject}, viewer_of(curator), "en-GB")[entry.subject]
    address = path_to(kind, thing.kind, thing.key)
    client.become(curator)
    page = client.get(address)
    assert page.status_code == 200
    assert thing.title in "".join(main_of(page.text).itertext())
    with transaction():
        tell_judges(kind, entry)
    listed = main_of(client.get("/account/notifications").text)
    assert address in [each.get("href") for each in listed.iter("a")]
