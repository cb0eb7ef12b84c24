"""The programme as its curators see it names no innovation that is outside their audience."""

from datetime import timedelta

from hub.core.database import session
from tests.showcases.programme.plans import accepted_entry, empty_slot_in, team_of_two
from tests.showcases.scenes import POLICE, recorded_innovation

HOUR = timedelta(hours=1)


def address(showcase, path=""):
    return f"/coordinate/showcases/{showcase.slug}/programme{path}"


def test_an_innovation_outside_the_curators_audience_is_not_named(client, database):
    showcase, curator, _ = team_of_two()
    innovation = recorded_innovation(name="Canarium")
    later = showcase.starts_at + HOUR
    waits = accepted_entry(showcase, innovation, minutes=90, embargo_until=later)
    early, free = empty_slot_in(showcase), empty_slot_in(showcase, after=HOUR)
    innovation.set_readership(POLICE)
    session().commit()
    client.become(curator)
    entry_page, slot_page = f"/entries/{waits.public_id}", f"/slots/{free.public_id}/place"
    hidden = "An innovation outside your audience"
    for path in ("", "/slots/new", entry_page, slot_page):
        assert hidden in client.get(address(showcase, path)).text, path
        assert "Canarium" not in client.get(address(showcase, path)).text, path
    refused = client.act(
        address(showcase, f"/slots/{early.public_id}/place"), {"entry": waits.public_id, "version": "1"}
    )
    assert f"{hidden} is under embargo until" in refused.text
    assert client.submit(address(showcase, entry_page), {"slot": f"{free.public_id}.1"}).status_code == 303
    for path in ("", "/preview", "/publish", f"/slots/{free.public_id}"):
        text = client.get(address(showcase, path)).text
        assert hidden in text, path
        assert "Canarium" not in text, path
