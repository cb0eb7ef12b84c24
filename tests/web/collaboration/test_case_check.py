"""Information about a real case: it is refused, and afterwards it is nowhere."""

import logging

import pytest
from sqlalchemy import select

from hub.collaboration.models import CollaborationRequest
from hub.core.database import Base, session
from tests.factories import make_member
from tests.web.client import main_of, words

SECRET = "zebrafinch"
TYPED = {
    "real_case": "yes",
    "type": "expertise",
    "title": f"About {SECRET} and his brother",
    "summary": f"{SECRET} took money",
    "language": "en",
}


def everything_stored():
    """Yield every value of every row of the database."""
    for table in Base.metadata.sorted_tables:
        for row in session().execute(select(table)):
            yield from (str(value) for value in row)


@pytest.fixture
def poster(client):
    member = make_member()
    client.become(member)
    return member


def test_a_real_case_is_sent_elsewhere(client, poster):
    page = client.act("/collaboration/new", TYPED)
    said = words(main_of(page.text))
    assert page.status_code == 200
    for channel in ("GlobE Network", "Mutual legal assistance", "Where to report corruption"):
        assert channel in said
    assert "Nothing was kept" in said


def test_nothing_of_it_is_kept_anywhere(app, client, poster, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    answer = client.act("/collaboration/new", TYPED)
    after = client.get("/collaboration/new")
    assert SECRET not in answer.text
    assert SECRET not in after.text
    assert session().scalars(select(CollaborationRequest)).all() == []
    assert not any(SECRET in value for value in everything_stored())
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capfd.readouterr())
    assert SECRET not in str(answer.headers)
    instance = app.extensions["hub"].settings.instance
    for path in instance.rglob("*"):
        assert not (path.is_file() and SECRET.encode() in path.read_bytes()), path


def test_the_page_of_channels_stands_by_itself(client):
    page = client.get("/collaboration/case")
    assert page.status_code == 200
    assert "/report" in page.text
