"""Organisations with their people, each with a browser."""

import pytest

from hub.access.viewer import Role
from hub.organisations.models import OrganisationStatus
from tests.factories import make_member, make_organisation
from tests.web.client import parse, words


@pytest.fixture
def ledger(database):
    """A verified organisation of Georgia."""
    return make_organisation(
        "Open Ledger", slug="open-ledger", type="civil_society", description="Follows public money."
    )


@pytest.fixture
def speaker(ledger):
    """Who represents it."""
    return make_member("tamar@ledger.example", display_name="Tamar", represents=[ledger])


@pytest.fixture
def browser(client, speaker):
    """The browser of who represents it."""
    return client.become(speaker)


@pytest.fixture
def newcomer(database):
    """An organisation that is not verified yet."""
    return make_organisation(
        "Watchful Eye", slug="watchful-eye", type="civil_society", status=OrganisationStatus.UNVERIFIED
    )


@pytest.fixture
def coordinator(database):
    """Somebody who decides about organisations."""
    return make_member(roles=[Role.COORDINATOR], display_name="Keti")


@pytest.fixture
def text():
    """Read what a page says in its main part."""

    def read(answer):
        return words(parse(answer.text).find(".//main"))

    return read
