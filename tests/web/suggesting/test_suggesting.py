"""What a search box suggests: names, filters and spellings of what the person may find, never of the hidden."""

import pytest

from hub.members.models import FieldAudience
from hub.web.limits import SUGGESTIONS
from tests.catalogue.records import MEMBERS, make_scene, published
from tests.factories import make_member, make_organisation, make_profile

ODD = [
    "",
    "a",
    "%00",
    "%F0%9F%92%A9",
    "q" * 3_000,
    "%22%22",
    "OR",
    "-",
    "name:",
    "%E2%80%AE",
    "'+OR+1=1--",
    "in",
]


@pytest.fixture
def things(database, index):
    scene = make_scene()
    published(scene, name="Gift ledger", functions=("detect",))
    published(scene, name="Gift secret", readership=MEMBERS)
    make_organisation("Giftwatch Institute")
    make_profile(make_member(display_name="Gifford Listed"), audience=FieldAudience.PUBLIC)
    make_profile(make_member(display_name="Gifford Hidden"), audience=FieldAudience.MEMBERS)
    index()
    return scene


def suggested(client, typed, **options):
    answer = client.get("/search/suggest", query_string={"q": typed, **options})
    assert answer.status_code == 200
    return answer.json["suggestions"]


def texts(suggestions):
    return [each["text"] for each in suggestions]


def test_names_that_begin_so_are_suggested_with_where_they_lead(client, things):
    found = suggested(client, "gift l")
    assert found[0] == {
        "text": "Gift ledger",
        "kind": "innovation",
        "label": "Innovation",
        "href": "/innovations/gift-ledger",
    }


def test_a_begun_name_is_suggested_however_many_words_begin_so(client, things, index):
    for place in range(10):
        words = " ".join(f"pa{place}{letter}" for letter in "abcdefghij")
        published(things, name=f"Other {place}", problem=words)
    published(things, name="Bid Pattern Reader")
    index()
    assert "Bid Pattern Reader" in texts(suggested(client, "Bid Pa"))
    assert "Bid Pattern Reader" in texts(suggested(client, "bid pattern r"))


def test_the_hidden_is_suggested_to_nobody_else(client, things, new_client):
    assert "Gift secret" not in texts(suggested(client, "gift"))
    member = new_client().become(make_member())
    assert "Gift secret" in texts(suggested(member, "gift"))


def test_only_listed_people_are_suggested(client, things):
    assert texts(suggested(client, "giff")) == ["Gifford Listed"]


def test_organisations_are_suggested(client, things):
    assert "Giftwatch Institute" in texts(suggested(client, "giftw"))


def test_filters_that_find_something_are_suggested(client, things):
    found = suggested(client, "det")
    assert ("Detect", "/innovations?function=detect") in [
        (each["text"], each.get("href")) for each in found if each["kind"] == "filter"
    ]
    assert not [each for each in suggested(client, "invest") if each["kind"] == "filter"]


def test_filters_are_named_in_the_language_of_the_page(client, things):
    answer = client.get("/search/suggest?q=d%C3%A9t", headers={"Accept-Language": "fr"})
    assert "Détecter" in texts(answer.json["suggestions"])


def test_where_nothing_begins_so_a_slip_is_mended(client, things):
    assert suggested(client, "ledgre") == [{"text": "ledger", "kind": "spelling", "label": "Spelling"}]


def test_words_of_the_hidden_are_no_spelling(client, things):
    assert suggested(client, "secrte") == []


@pytest.mark.parametrize("collection", ["members", "organisations"])
def test_the_boxes_of_other_directories_keep_to_themselves(client, things, collection):
    kinds = {each["kind"] for each in suggested(client, "gif", **{"in": collection})}
    assert kinds == {collection.removesuffix("s")}


@pytest.mark.parametrize("typed", ODD)
def test_odd_words_get_an_answer(client, things, typed):
    assert client.get(f"/search/suggest?q={typed}&in=odd").status_code == 200


def test_an_answer_sets_no_cookie(client, things):
    assert "Set-Cookie" not in client.get("/search/suggest?q=gift").headers


def test_who_asks_too_fast_waits(client, things, monkeypatch):
    monkeypatch.setattr("hub.web.suggesting.views.SUGGESTIONS", SUGGESTIONS)
    answers = [client.get("/search/suggest?q=x") for _ in range(21)]
    assert [each.status_code for each in answers] == [200] * 20 + [429]
    assert answers[-1].json == {"suggestions": []}
    assert int(answers[-1].headers["Retry-After"]) >= 1
