"""Lists of organisations ask the database as often for many as for few."""

from hub.core.database import session
from hub.vetting.models import OrganisationVerification
from tests.factories import make_member, make_organisation
from tests.web.catalogue.conftest import queries

__all__ = ["queries"]


def test_the_directory(client, ledger, index, queries):
    index()
    with queries as few:
        client.get("/organisations")
    number = len(few)
    for _each in range(8):
        make_organisation()
    index()
    with queries as many:
        client.get("/organisations")
    assert len(many) == number


def test_the_page_and_its_people(client, ledger, speaker, queries):
    client.become(speaker)
    numbers = []
    for _round in range(2):
        for page in ("/organisations/open-ledger", "/organisations/open-ledger/people"):
            with queries as asked:
                client.get(page)
            numbers.append(len(asked))
        for _each in range(5):
            make_member(belongs_to=[ledger])
    assert numbers[:2] == numbers[2:]


def test_the_desk(client, coordinator, queries):
    client.become(coordinator)
    numbers = []
    for _round in range(2):
        for _each in range(3):
            session().add(
                OrganisationVerification(organisation=make_organisation(), requested_by_id=make_member().id)
            )
        session().commit()
        with queries as asked:
            client.get("/coordinate/organisations")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
