"""Tables that people take along: nothing in them runs, nothing is lost silently, and the label is on every page."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from hub.interchange.tables import MOST_IN_A_CELL, Table, csv_of, xlsx_of


def table(*rows, **changes):
    values = {
        "title": "Tools & more",
        "label": "TLP:AMBER",
        "facts": [("What it is for", "=cmd()")],
        "headings": ["Number", "Name"],
        "rows": rows,
        "is_right_to_left": False,
        "sheets": ("About", "Innovations"),
        **changes,
    }
    return Table(**values)


def parts_of(made):
    book = ZipFile(BytesIO(xlsx_of(made)))
    assert book.testzip() is None
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize("begun", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "'=1", "\uff1d1"])
def test_no_cell_is_a_formula(begun):
    made = table([1, begun])
    parts = parts_of(made)
    assert not [name for name, text in parts.items() if "<f>" in text or "<f " in text]
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]
    assert csv_of(made).decode().splitlines()[1].startswith(("TLP:AMBER,1,'", "TLP:AMBER,1,\"'"))


@pytest.mark.parametrize("begun", ["=1+1", "@SUM(A1)", "-2+3", "\t=1"])
def test_no_heading_is_a_formula(begun):
    made = table([1, "One"], headings=["Number", begun])
    assert csv_of(made).decode().splitlines()[0].startswith(("\ufeffTLP,Number,'", "\ufeffTLP,Number,\"'"))
    assert 'quotePrefix="1"' in parts_of(made)["xl/styles.xml"]


def test_each_line_and_each_printed_page_has_the_label():
    made = table([1, "One"], [2, "Two"])
    assert all(line.startswith("TLP:AMBER,") for line in csv_of(made).decode().splitlines()[1:])
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        text = parts_of(made)[sheet]
        assert text.count("TLP:AMBER") == 2
        assert "Tools \uff06 more" in text


@pytest.mark.parametrize("title", ["Bribe&Gifts", "a &[Picture] b", "x" * 99 + "&" * 9, "&" * 300, "&R&1"])
@pytest.mark.filterwarnings("error")
def test_the_label_is_printed_whatever_the_table_is_called(title):
    parts = parts_of(table([1, "One"], title=title))
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        head = parts[sheet].partition("<oddHeader>")[2].partition("</oddHeader>")[0]
        assert head.startswith("&amp;L")
        assert head.endswith("&amp;R&amp;12&amp;BTLP:AMBER")
        assert head.count("&amp;") == 4


def test_numbers_stay_numbers_and_text_stays_text():
    text = parts_of(table([7, "007"]))["xl/worksheets/sheet2.xml"]
    assert "<v>7</v>" in text
    assert 't="s"' in text


def test_what_no_cell_holds_is_cut_with_a_mark():
    strings = parts_of(table([1, "x" * (MOST_IN_A_CELL + 5)]))["xl/sharedStrings.xml"]
    assert "x" * (MOST_IN_A_CELL - 1) + "…" in strings


def test_right_to_left_sheets_and_empty_tables():
    parts = parts_of(table(is_right_to_left=True))
    assert 'rightToLeft="1"' in parts["xl/worksheets/sheet2.xml"]
    assert csv_of(table()).decode().splitlines() == ["\ufeffTLP,Number,Name"]
