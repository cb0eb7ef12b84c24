"""Why a document was found is told in its own words."""

import pytest

from hub.search.asking import plan_of
from hub.search.documents import Document, Query
from hub.search.reasons import Reason, reasons
from tests.search.asking.lexicon import Words

TEXTS = {
    "en": {
        "name": "Red Flag Finder",
        "short_description": "Finds kickbacks early.",
        "body": "Open contracting; e-bidding.",
    },
    "fr": {"name": "Détecteur", "body": "Détecte la corruption dans les marchés publics."},
}
RECORD = Document("one", frozenset({"public"}), TEXTS)


def told(text):
    return reasons(RECORD, plan_of(Query(labels=frozenset(), text=text), Words(TEXTS)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("flags", Reason("flags", ("Flag",), ("name",), is_other=False)),
        ("bribe", Reason("bribe", ("kickbacks",), ("short_description",), is_other=True)),
        ("kick*", Reason("kick", ("kickbacks",), ("short_description",), is_other=True)),
        ("contractng~", Reason("contractng", ("contracting",), ("body",), is_other=True)),
        ('"red flag"', Reason("red flag", ("Red Flag",), ("name",), is_other=False)),
        ("procurement", Reason("procurement", ("marchés publics",), ("body",), is_other=True)),
        ("corruptions", Reason("corruptions", ("corruption",), ("body",), is_other=False)),
        ("ebidding", Reason("ebidding", ("e-bidding",), ("body",), is_other=False)),
    ],
)
def test_a_reason_names_the_words_and_their_fields(text, reason):
    assert reason in told(text)


def test_words_that_are_not_held_give_no_reason():
    assert told("zeppelin OR flag") == (Reason("flag", ("Flag",), ("name",), is_other=False),)


def test_what_is_left_out_gives_no_reason():
    assert told("-zeppelin") == ()


def test_names_are_told_where_names_were_asked_for():
    assert [reason.fields for reason in told("name:flags")] == [("name",)]
    assert told("name:kickbacks") == ()
