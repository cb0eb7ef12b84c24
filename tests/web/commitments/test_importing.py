"""Importing a table of commitments: checked first, entered on confirmation, nothing lost between."""

import io

import pytest

from hub.commitments.models import Commitment, CommitmentStatus
from hub.core.database import session

IMPORT = "/commitments/import"

TABLE = (
    "\ufeffcode;country;title;plan_name;plan_year;objective;source_url;retrieved_on\n"
    'UK9101;GB;Open data 🎉;Third Plan;2016;"First line\nsecond line";https://example.org/1;2026-11-21\n'
    "UK9102;GB;;Third Plan;2016;No title;https://example.org/2;2026-11-21\n"
)


def check(browser, table, **typed):
    """Send a table to be checked."""
    data = {"then": "draft", "csrf_token": browser.token(), **typed}
    file = (io.BytesIO(table.encode()), "commitments.csv")
    return browser.post(IMPORT, data=data | {"file": file}, content_type="multipart/form-data")


@pytest.mark.db
def test_a_table_is_checked_then_its_good_rows_are_entered_whole(keeper, text):
    page = check(keeper, TABLE)
    assert page.status_code == 200
    assert "Line 4" in text(page)
    assert session().query(Commitment).count() == 0
    done = keeper.submit(page, {}, action="/commitments/import/confirm")
    assert done.status_code == 200
    stored = session().query(Commitment).one()
    assert (stored.title, stored.objective) == ("Open data 🎉", "First line\nsecond line")
    assert stored.status is CommitmentStatus.DRAFT


def test_rows_that_the_hub_has_already_change_nothing(keeper, text):
    good = TABLE.rpartition("UK9102")[0]
    keeper.submit(check(keeper, good, then="published"), {}, action="/commitments/import/confirm")
    assert session().query(Commitment).one().status is CommitmentStatus.ACTIVE
    assert "The hub has all of it already." in text(check(keeper, good))


@pytest.mark.parametrize(
    ("table", "said"), [("", "This file is empty."), ("nothing\n1\n", "name the columns")]
)
def test_a_file_that_is_no_such_table_is_refused_in_words(keeper, text, table, said):
    page = check(keeper, table)
    assert page.status_code == 422
    assert said in text(page)


def test_the_template_can_be_imported(judging, text):
    table = judging.get(f"{IMPORT}/template.csv").get_data(as_text=True)
    assert "Enter the 1 good row" in text(check(judging, table))


def test_members_import_nothing(owning):
    assert owning.get(IMPORT).status_code == 403
