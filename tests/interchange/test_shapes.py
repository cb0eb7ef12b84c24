"""What is written in a cell or in JSON is read back as it was, and no spreadsheet runs it."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from hub.catalogue.models import (
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.core.errors import InvalidError
from hub.interchange.shapes import (
    ORGANISATIONS,
    PREREQUISITES,
    SOURCES,
    UNSUITABLE,
    Codes,
    Text,
    Whole,
    disarm,
    rearm,
    tidy,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40).map(tidy)
SOME = WORDS.filter(bool)
FORMULAS = st.text(st.sampled_from("'=+-@\t\ra"), max_size=6)


@given(st.one_of(FORMULAS, st.text()))
def test_disarming_is_undone_exactly(text):
    assert rearm(disarm(text)) == text


@given(st.one_of(FORMULAS, st.text()))
def test_no_disarmed_cell_begins_as_a_formula(text):
    assert not disarm(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_different_cells_stay_different():
    texts = ["=1", "'=1", "''=1", "'a", "a", "'"]
    assert len({disarm(text) for text in texts}) == len(texts)


@given(WORDS)
def test_a_text_survives(text):
    assert Text().from_cell(rearm(disarm(Text().to_cell(text)))) == text


@pytest.mark.parametrize(
    ("shape", "rows"),
    [
        (
            SOURCES,
            st.lists(st.builds(SourceDetails, SOME, WORDS, st.none() | st.dates(min_value=date(1900, 1, 1)))),
        ),
        (UNSUITABLE, st.lists(st.builds(UnsuitableDetails, SOME, SOME))),
        (ORGANISATIONS, st.lists(st.builds(OrganisationDetails, st.sampled_from(OrganisationRole), SOME))),
        (PREREQUISITES, st.lists(st.builds(PrerequisiteDetails, SOME, SOME, st.none() | SOME))),
    ],
    ids=["sources", "unsuitable", "organisations", "prerequisites"],
)
def test_rows_survive(shape, rows):
    @given(rows.map(tuple))
    def check(value):
        assert shape.same(shape.from_cell(rearm(disarm(shape.to_cell(value)))), value)
        assert shape.same(shape.from_json(shape.to_json(value)), value)

    check()


def test_codes_are_divided_by_semicolons_and_lines():
    assert Codes().from_cell(" GE;ES\r\nID ;\n") == ("GE", "ES", "ID")


def test_codes_without_an_order_are_compared_without_it():
    assert Codes(is_ordered=False).same(("GE", "ES"), ("ES", "GE"))
    assert not Codes().same(("GE", "ES"), ("ES", "GE"))


@pytest.mark.parametrize("cell", ["19", "2019.0", "²⁰¹⁹", "two thousand"])
def test_a_year_has_four_digits(cell):
    with pytest.raises(InvalidError):
        Whole().from_cell(cell)


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (Text(), 3),
        (Text(), ["a"]),
        (Whole(), True),
        (Whole(), 20.19),
        (Codes(), "GE"),
        (Codes(), [1]),
        (SOURCES, {"url": "https://example.org"}),
        (SOURCES, ["https://example.org"]),
        (SOURCES, [{"url": 3}]),
        (SOURCES, [{"link": "https://example.org"}]),
    ],
)
def test_json_of_another_type_is_refused(shape, value):
    with pytest.raises(InvalidError):
        shape.from_json(value)


@pytest.mark.parametrize("cell", ["GE", "GE | a | b"])
def test_a_row_has_its_parts(cell):
    with pytest.raises(InvalidError):
        UNSUITABLE.from_cell(cell)


def test_a_source_needs_no_title():
    assert SOURCES.from_cell("https://example.org/a\\|b") == (SourceDetails("https://example.org/a|b"),)
