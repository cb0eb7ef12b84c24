"""What changed between two revisions: each field, each language, each word, and quickly whatever was typed."""

import random
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from hub.access.audience import Tlp
from hub.catalogue.models import (
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    RevisionText,
    SourceDetails,
    UnsuitableDetails,
)
from hub.catalogue.models.content import DESCRIPTION_LENGTH, TEXT_FIELDS
from hub.catalogue.models.writing import COPIED_FIELDS
from hub.catalogue.review.differences import FIELDS, PROSE, Change, differences_between, said_in
from hub.catalogue.review.prose import PartKind, folded, prose_parts, word_count
from hub.core.database import transaction
from tests.catalogue.records import EVERYBODY, MEMBERS, make_scene, published, revised, save

WORDS = st.sampled_from(["a", "b", "law", "the", " ", " ", "\n\n", ".", "საქმე", "资料", "हिन्दी"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=120).map("".join))

LIMIT = 0.05
"""Seconds for two texts of the greatest length; measured without the other tests it is half of that at most."""


def told(parts, *kinds):
    return "".join(text for kind, text in parts if kind in kinds)


@given(TEXTS, TEXTS)
def test_the_parts_give_both_texts_back(was, now):
    for parts in (prose_parts(was, now), folded(prose_parts(was, now))):
        assert told(parts, PartKind.SAME, PartKind.GAP, PartKind.REMOVED) == was
        assert told(parts, PartKind.SAME, PartKind.GAP, PartKind.ADDED) == now
        assert all(text for _, text in parts)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert prose_parts(text, text) == (((PartKind.SAME, text),) if text else ())


def test_one_changed_word_is_the_only_change():
    was = "One paragraph.\n\nOfficials register gifts on the day they get them, in a ledger that everybody reads."
    now = was.replace("ledger", "register")
    changed = [(kind, text) for kind, text in prose_parts(was, now) if kind is not PartKind.SAME]
    assert changed == [(PartKind.REMOVED, "ledger"), (PartKind.ADDED, "register")]


def test_a_moved_paragraph_and_a_rewritten_one_are_shown_whole():
    parts = prose_parts("First here.\n\nSecond one.", "Nothing alike at all!\n\nSecond one.")
    assert parts[0][0] is PartKind.REMOVED
    assert parts[0][1].startswith("First here.")
    assert parts[1][1].startswith("Nothing alike at all!")


def test_long_unchanged_stretches_are_folded_beside_the_change():
    stretch = " ".join(f"word{number}" for number in range(200))
    parts = folded(prose_parts(f"{stretch} old end", f"{stretch} new end"))
    gaps = [text for kind, text in parts if kind is PartKind.GAP]
    assert len(gaps) == 1
    assert 150 < word_count(gaps[0]) < 200
    assert "word199" in told(parts, PartKind.SAME)


def _long(seed, words):
    chance = random.Random(seed)
    text = ""
    while len(text) < DESCRIPTION_LENGTH:
        text += chance.choice(words) + chance.choice((" ", " ", " ", ", ", ". ", ".\n\n"))
    return text[:DESCRIPTION_LENGTH]


VARIED = [f"word{number}" for number in range(900)] + ["the", "of", "and"] * 200


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (_long(1, VARIED), _long(2, VARIED)),
        (_long(1, VARIED), _long(1, VARIED).replace("word1", "other")),
        (_long(3, "abcd"), _long(4, "abcd")),
        ("a " * 10_000, "a b " * 5_000),
        ("a\n\n" * 6_600, "b\n\na\n\n" * 3_300),
        ("\n" * 20_000, "\n" * 19_999 + "x"),
    ],
    ids=["other", "edited", "few words", "one word", "paragraphs", "line ends"],
)
def test_the_longest_texts_are_compared_at_once(was, now):
    def seconds():
        start = perf_counter()
        prose_parts(was, now)
        return perf_counter() - start

    assert min(seconds() for _ in range(4)) < LIMIT


def test_every_field_of_a_revision_is_compared():
    names = {name for name in COPIED_FIELDS if name not in {"innovation_id", "is_audience_chosen"}}
    assert names | set(TEXT_FIELDS) <= set(FIELDS)
    assert set(FIELDS) >= PROSE
    assert len(set(FIELDS)) == len(FIELDS)


@pytest.fixture
def pair(database):
    """A scene, the published revision, and the draft that follows it."""
    scene = make_scene()
    before = published(scene, problem="It was hard.", staffing="Two people.")
    return scene, before, revised(scene, before.innovation)


def test_a_copied_revision_says_the_same(pair):
    _, before, after = pair
    assert differences_between(before, after) == []


def test_each_kind_of_field_tells_what_was_and_what_is(pair):
    scene, before, after = pair
    changes = {
        "problem": "It is hard.",
        "staffing": "Three people.",
        "stage": "stable",
        "year_started": 2019,
        "functions": ("detect", "monitor"),
        "countries": ("GE", "ES"),
        "unsuitable": (UnsuitableDetails("FR", "No law on gifts."),),
        "organisations": (OrganisationDetails(OrganisationRole.FUNDER, "A fund"),),
        "prerequisites": (PrerequisiteDetails("law", "A duty to declare gifts."),),
        "sources": (SourceDetails("https://example.org/other", "Other", date(2026, 1, 2)),),
        "cost_band": "up_to_10000",
        "contact_address": "desk@example.org",
        "do_no_harm": "Names stay out.",
        "readership": MEMBERS,
    }
    save(scene.partner, after, **changes)
    found = {each.field: each for each in differences_between(before, after)}
    assert set(found) == (set(changes) - {"readership"}) | {"audience", "tlp"}
    assert [each.field for each in differences_between(before, after)] == sorted(found, key=FIELDS.index)
    assert told(found["problem"].parts, PartKind.REMOVED) == "was"
    assert found["staffing"].parts
    assert (found["stage"].change, found["stage"].was, found["stage"].now) == (Change.NEW, None, "stable")
    assert found["countries"].was == ("GE",)
    assert set(found["countries"].now) == {"GE", "ES"}
    assert found["organisations"].now[0].name == "A fund"
    assert found["audience"].now.audience is MEMBERS.audience
    assert found["audience"].was.audience is EVERYBODY.audience
    assert found["tlp"].now == Tlp.GREEN.value
    assert found["do_no_harm"].language == "en-GB"


def test_translations_are_compared_language_by_language(pair):
    _, before, after = pair
    with transaction():
        after.texts.append(RevisionText(language="ka", name="საჩუქრები", problem="ძნელი იყო."))
    found = differences_between(before, after)
    assert [(each.field, each.language, each.change) for each in found] == [
        ("name", "ka", Change.NEW),
        ("problem", "ka", Change.NEW),
    ]
    gone = differences_between(after, before)
    assert {(each.language, each.change) for each in gone} == {("ka", Change.GONE)}


def test_a_first_revision_is_new_as_a_whole(pair):
    _, before, _ = pair
    found = differences_between(None, before)
    assert {each.change for each in found} == {Change.NEW}
    assert len(found) == len([value for value in said_in(before).values() if value])


def test_terms_in_another_order_are_the_same(pair):
    scene, before, after = pair
    save(scene.partner, after, functions=("monitor", "detect"))
    was = {each.field: each.now for each in differences_between(before, after)}["functions"]
    save(scene.partner, after, functions=("detect", "monitor"))
    assert {each.field: each.now for each in differences_between(before, after)}["functions"] == was
