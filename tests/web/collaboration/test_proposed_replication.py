"""A replication proposed from an outcome: who can, what is filled in, and that the catalogue keeps its own rules."""

import pytest
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.catalogue.models import Replication, ReplicationStatus, Side
from hub.collaboration.models import RequestStatus
from hub.core.database import session
from tests.catalogue.cast import record_of
from tests.collaboration.partners import WORDS, partners, recorded, signed
from tests.web.catalogue.conftest import browser_of, cast
from tests.web.client import parse, words

__all__ = ["browser_of", "cast"]


def main(answer):
    return words(parse(answer.text).find(".//main"))


@pytest.fixture
def found(cast):
    """The adopter asks, the owner's representative offers an innovation of theirs."""
    return partners(
        RequestStatus.ACTIVE,
        poster=cast["adopter"],
        responder=cast["partner"],
        organisation_id=cast.adopting.id,
        organisation=cast.owner,
        innovation=record_of(cast, name="Red flags"),
    )


def address_of(outcome):
    response = outcome.response
    return (
        f"/collaboration/{response.request.public_id}/responses/{response.public_id}"
        f"/outcomes/{outcome.public_id}/replication"
    )


@pytest.mark.parametrize(("name", "side"), [("adopter", Side.ADOPTER), ("partner", Side.OWNER)])
def test_either_side_proposes_it_and_the_other_confirms_as_usual(found, browser_of, name, side):
    outcome = signed(found)
    client = browser_of(name)
    page = f"/collaboration/{found.request.public_id}/responses/{found.response.public_id}/partnership"
    assert address_of(outcome) in client.get(page).text
    shown = client.get(address_of(outcome))
    assert "Red flags" in main(shown)
    assert WORDS in shown.text
    answer = client.submit(shown, {"adapted": "Two rules were taken out."})
    claim = session().scalars(select(Replication)).one()
    assert (claim.side, claim.status) == (side, ReplicationStatus.CLAIMED)
    assert (claim.adopter_id, claim.country, claim.result) == (found.request.organisation_id, "ES", WORDS)
    assert answer.location == f"/innovations/{claim.innovation.slug}/replications/{claim.public_id}"
    assert outcome.replication_id == claim.id
    shown = client.get(page).text
    assert answer.location in shown
    assert address_of(outcome) not in shown
    assert client.get(address_of(outcome)).status_code == 403


def test_stricter_words_are_not_filled_in(found, browser_of):
    found.response.tlp = Tlp.AMBER
    session().commit()
    outcome = signed(found)
    shown = browser_of("adopter").get(address_of(outcome))
    assert WORDS not in shown.text
    assert "its words are not filled in" in main(shown)


@pytest.mark.parametrize("kind", ["agreed", "none"])
def test_only_what_was_taken_up_can_become_one(found, browser_of, kind):
    outcome = signed(found, kind=kind)
    assert browser_of("adopter").get(address_of(outcome)).status_code == 403


def test_only_what_both_signed_can_become_one(found, browser_of):
    outcome = recorded(found.poster, found.response, kind="replicated")
    assert browser_of("adopter").get(address_of(outcome)).status_code == 403


def partnership_of(found):
    return f"/collaboration/{found.request.public_id}/responses/{found.response.public_id}/partnership"


def offered(cast, **columns):
    """The owner's representative offers an innovation to a person of the adopter's country."""
    values = {
        "poster": cast["member"],
        "responder": cast["partner"],
        "organisation": cast.owner,
        "innovation": record_of(cast),
        "country": cast.adopting.country,
        **columns,
    }
    return partners(RequestStatus.ACTIVE, **values)


def test_who_asked_for_themselves_reads_what_to_do(cast, new_client):
    found = offered(cast)
    outcome = signed(found)
    client = new_client().become(cast["member"])
    assert client.get(address_of(outcome)).status_code == 403
    shown = client.get(partnership_of(found))
    assert "Register that organisation" in main(shown)
    assert 'href="/organisations/new"' in shown.text


def test_the_owner_reads_what_to_do_where_nobody_can_be_named(cast, browser_of):
    found = offered(cast, country="PY", terms={})
    outcome = signed(found)
    client = browser_of("partner")
    assert client.get(address_of(outcome)).status_code == 403
    assert "the hub knows none that your partner could be" in main(client.get(partnership_of(found)))


def test_who_offers_what_others_own_is_never_named_as_adopter(cast, browser_of):
    found = offered(cast, responder=cast["adopter"], organisation=cast.adopting)
    outcome = signed(found)
    client = browser_of("adopter")
    assert client.get(address_of(outcome)).status_code == 403
    assert f"{cast.owner.name}, who own it" in main(client.get(partnership_of(found)))


def test_what_is_not_certain_is_chosen_by_who_proposes(cast, browser_of):
    outcome = signed(offered(cast))
    client = browser_of("partner")
    answer = client.submit(address_of(outcome), {"adapted": "Nothing."})
    assert answer.status_code == 422
    assert "Choose the organisation that took it up." in answer.text
    assert session().scalars(select(Replication)).all() == []


def test_the_owner_is_named_to_who_took_it_up(found, browser_of):
    outcome = signed(found)
    owner = found.response.innovation.owner
    assert f"Its owner, {owner.name}, is asked to confirm it" in main(
        browser_of("adopter").get(address_of(outcome))
    )


def test_who_asked_for_nobody_has_an_organisation_of_their_country_named(cast, browser_of):
    found = partners(
        RequestStatus.ACTIVE,
        poster=cast["member"],
        responder=cast["partner"],
        organisation=cast.owner,
        innovation=record_of(cast),
        country=cast.adopting.country,
    )
    outcome = signed(found)
    client = browser_of("partner")
    shown = client.get(address_of(outcome))
    assert cast.adopting.name in main(shown)
    client.submit(shown, {"adopter_id": str(cast.adopting.id), "country": cast.adopting.country})
    assert session().scalars(select(Replication)).one().adopter_id == cast.adopting.id
    assert browser_of("member").get(address_of(outcome)).status_code == 403


def test_what_is_known_already_is_not_claimed_twice(found, browser_of):
    outcome = signed(found)
    client = browser_of("adopter")
    record = found.response.innovation
    client.submit(f"/innovations/{record.slug}/replications/new", {"country": "ES"})
    answer = client.submit(address_of(outcome), {"adapted": "Kept words"})
    assert answer.status_code == 409
    assert "Kept words" in answer.text
    assert outcome.replication_id is None
