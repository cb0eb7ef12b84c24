"""Ids, slugs, pages and errors."""

import pytest

from hub.core.errors import InvalidError, NotFoundError, StaleVersionError, TooManyError
from hub.core.ids import ALPHABET, PUBLIC_ID_LENGTH, new_public_id
from hub.core.pagination import MAX_DEPTH, MAX_PER_PAGE, AllAtOnce, Page, PageRequest
from hub.core.slugs import MAX_LENGTH, slugify


def test_public_ids_are_long_random_and_unmistakable():
    drawn = {new_public_id() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(one) == PUBLIC_ID_LENGTH and set(one) <= set(ALPHABET) for one in drawn)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("LAPOR!", "lapor"),
        ("Ação contra a corrupção", "acao-contra-a-corrupcao"),
        ("  Open -- Contracting  ", "open-contracting"),
        ("საქართველო", ""),
        ("I paid a bribe (2010)", "i-paid-a-bribe-2010"),
    ],
)
def test_slugs_are_readable(name, slug):
    assert slugify(name) == slug


def test_slugs_end_in_a_word():
    slug = slugify("a" * (MAX_LENGTH - 1) + " bcd")
    assert slug == "a" * (MAX_LENGTH - 1)


@pytest.mark.parametrize(("number", "expected"), [(-3, 1), (0, 1), (7, 7), (10**9, MAX_DEPTH // 20)])
def test_page_numbers_are_brought_into_range(number, expected):
    assert PageRequest(number, 20).number == expected


def test_nobody_gets_more_than_a_hundred_at_once():
    assert PageRequest(1, 10**6).per_page == MAX_PER_PAGE


def test_what_pages_could_show_can_be_had_at_once():
    everything = AllAtOnce(7, 20)
    assert (everything.number, everything.per_page, everything.offset) == (1, MAX_DEPTH, 0)


def test_a_page_knows_which_items_it_shows():
    page = Page(["x"] * 3, 43, PageRequest(3, 20))
    assert (page.first_item, page.last_item, page.last) == (41, 43, 3)


def test_an_empty_page_shows_nothing():
    page = Page([], 0, PageRequest())
    assert (page.first_item, page.last_item, page.last) == (0, 0, 1)


def test_errors_name_their_status_and_words():
    assert NotFoundError().status == 404
    assert StaleVersionError().status == 409
    assert TooManyError(retry_after=8).retry_after == 8
    error = InvalidError("Use at most %(most)s characters.", field="name", most=120)
    assert (str(error), error.field, error.status) == ("Use at most 120 characters.", "name", 422)
