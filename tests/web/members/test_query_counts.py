"""How many times the members' pages ask the database: a fixed number, however many there are."""

import pytest

from hub.core.database import transaction
from hub.integrity.viewers import viewer_of
from hub.members.messages.service import send_message
from hub.members.models import FieldAudience, ProfileLink, ProfileScheme, TermAddition
from tests.factories import make_member, make_profile

DIRECTORY, NOBODY, PERSON, MESSAGES, MESSAGE = 14, 15, 15, 11, 14


@pytest.fixture
def people(database, index):
    """More people than a page shows, each with added words and links."""
    made = []
    for number in range(14):
        added = TermAddition(scheme=ProfileScheme.SKILLS, label=f"Skill {number}", key=f"skill {number}")
        database.add(added)
        database.commit()
        member = make_member(display_name=f"Person {number}")
        terms = {"skills": [added.code, "asset_tracing"], "languages": ["en", "fr"]}
        profile = make_profile(member, FieldAudience.PUBLIC, headline="Reads tenders", terms=terms)
        profile.links = [ProfileLink(url="https://example.org", title="Elsewhere")]
        database.commit()
        made.append(member)
    index()
    return made


def test_each_page_asks_a_fixed_number_of_times(client, people, queries):
    reader = people[0]
    sent = []
    for _ in range(12):
        with transaction():
            message = send_message(viewer_of(people[1]), reader, subject="Tenders", words="Which?")
            sent.append(f"/account/messages/{message.public_id}")
    client.become(reader)
    client.get("/")  # the first click writes its sign of life
    client.get(sent[0])  # opening a message writes as well
    pages = {
        "/members": DIRECTORY,
        "/members?q=tenders&skill=asset_tracing&language=fr&type=innovator": DIRECTORY,
        "/members?q=nobody+at+all&language=fr": NOBODY,
        f"/members/{people[1].public_id}": PERSON,
        "/account/messages": MESSAGES,
        sent[0]: MESSAGE,
    }
    for address, most in pages.items():
        with queries as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, "\n".join([f"{address}: {len(asked)}", *asked.statements])
