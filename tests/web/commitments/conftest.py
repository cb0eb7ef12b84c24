"""People who keep, own and judge commitments, each with a browser, and what they read."""

from datetime import date

import pytest

from hub.access.viewer import Role
from tests.commitments.making import make_commitment, make_milestone
from tests.factories import make_member
from tests.web.client import parse, words


@pytest.fixture
def keeper(new_client):
    """The browser of the focal point of the United Kingdom."""
    return new_client().become(make_member(display_name="Keeper", focal_country="GB"))


@pytest.fixture
def owner(database):
    """Who answers for the commitment."""
    return make_member(display_name="Owner")


@pytest.fixture
def owning(new_client, owner):
    """The browser of who answers for it."""
    return new_client().become(owner)


@pytest.fixture
def coordinator(database):
    """Somebody who decides about evidence."""
    return make_member(display_name="Judge", roles=[Role.COORDINATOR])


@pytest.fixture
def judging(new_client, coordinator):
    """The browser of who decides."""
    return new_client().become(coordinator)


@pytest.fixture
def commitment(owner):
    """A published commitment with an owner and one milestone."""
    made = make_commitment(
        code="UK9001",
        title="A hub for innovation",
        owner=owner,
        source_url="https://example.org/plan",
        retrieved_on=date(2026, 11, 21),
    )
    make_milestone(made, title="A hub stands")
    return made


@pytest.fixture
def text():
    """Read what a page says in its main part."""

    def read(answer):
        return words(parse(answer.text).find(".//main"))

    return read
