"""Files as people and programs make them: every one is read, or refused with the place where it breaks."""

import json

import pytest

from hub.interchange import reading
from hub.interchange.reading import UnreadableError, read_file

HEADER = "external_id,name,problem"


def written(tmp_path, content, kind="csv"):
    path = tmp_path / f"file.{kind}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path, kind)


def rows_of(file):
    return list(file.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_recognised(tmp_path, encoding):
    file = written(tmp_path, f"{HEADER}\n1,წიგნი,🙂\n".encode(encoding))
    assert rows_of(file)[0].values == {"external_id": "1", "name": "წიგნი", "problem": "🙂"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_recognised(tmp_path, delimiter, end):
    lines = [HEADER, "1,Name,What; or", "2,Name,That"]
    content = end.join(delimiter.join(f'"{cell}"' for cell in line.split(",")) for line in lines)
    file = written(tmp_path, content)
    assert [row.values["problem"] for row in rows_of(file)] == ["What; or", "That"]
    assert [row.line for row in rows_of(file)] == [2, 3]
    assert file.total == 2


def test_a_row_is_named_by_the_line_where_it_begins(tmp_path):
    file = written(tmp_path, f'{HEADER}\n1,"One\ntwo\nthree",a\n\n2,Name,b\n')
    assert [row.line for row in rows_of(file)] == [2, 6]
    assert rows_of(file)[0].values["name"] == "One\ntwo\nthree"


def test_a_note_on_the_delimiter_is_no_header(tmp_path):
    file = written(tmp_path, "sep=;\r\nexternal_id;name\r\n1;Name\r\n")
    assert [(row.line, row.values["name"]) for row in rows_of(file)] == [(3, "Name")]


def test_headings_may_be_written_freely(tmp_path):
    file = written(tmp_path, " External ID ,Name,name:ka\n1,A,ა\n")
    assert rows_of(file)[0].values == {"external_id": "1", "name": "A", "name:ka": "ა"}
    assert not file.problems


def test_an_unknown_column_is_named_once(tmp_path):
    file = written(tmp_path, "external_id,name,nmae,name:Georgian\n1,A,B,C\n2,A,B,C\n")
    assert [each.field for each in file.problems] == ["nmae", "name:Georgian"]
    assert not any(row.fault for row in rows_of(file))


@pytest.mark.parametrize(
    "content",
    ["", "\n\n", "1,Ledger,Text\n", "a;b;c\n1;2;3\n", "external_id\n1\n", b"\x00\x01\x02" * 50],
    ids=["empty", "blank", "no header", "foreign", "one column", "binary"],
)
def test_a_file_without_a_header_is_refused(tmp_path, content):
    with pytest.raises(UnreadableError, match="name the columns"):
        written(tmp_path, content)


def test_a_column_twice_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="twice"):
        written(tmp_path, "external_id,name,name\n1,A,B\n")


def test_bytes_that_are_no_letters_are_refused(tmp_path):
    with pytest.raises(UnreadableError, match="UTF-8"):
        written(tmp_path, HEADER.encode() + b"\n1,caf\xe9,b\n")


def test_a_quotation_mark_inside_a_cell_fails_its_row_only(tmp_path):
    file = written(tmp_path, f'{HEADER}\n1,"A" b,c\n2,D,e\n')
    assert [bool(row.fault) for row in rows_of(file)] == [True, False]
    assert rows_of(file)[1].values["external_id"] == "2"


def test_a_quotation_mark_that_never_closes_is_named(tmp_path):
    file = written(tmp_path, f'{HEADER}\n1,A,b\n2,"C,d\n3,E,f\n')
    good, bad = rows_of(file)
    assert good.fault is None
    assert bad.line == 3
    assert "never closed" in str(bad.fault)


@pytest.mark.parametrize("row", ["1,A", "1,A,b,c"])
def test_a_row_has_as_many_cells_as_there_are_columns(tmp_path, row):
    file = written(tmp_path, f"{HEADER}\n{row}\n")
    assert "3 columns" in str(rows_of(file)[0].fault)


def test_nul_stays_in_its_cell(tmp_path):
    file = written(tmp_path, f"{HEADER}\n1,A\0,b\n2,C,d\n")
    assert [row.values["name"] for row in rows_of(file)] == ["A\0", "C"]


def test_a_cell_may_be_large(tmp_path):
    file = written(tmp_path, f"{HEADER}\n1,A,{'x' * 3_000_000}\n")
    assert len(rows_of(file)[0].values["problem"]) == 3_000_000


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "file.csv"
    with path.open("wb") as file:
        file.truncate(reading.MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match="100 MB"):
        read_file(path, "csv")


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"innovations": rows}])
def test_json_is_a_list_or_holds_one(tmp_path, wrap):
    file = written(tmp_path, json.dumps(wrap([{"external_id": "1", "name": "A"}])), "json")
    assert file.total == 1
    assert rows_of(file)[0].values == {"external_id": "1", "name": "A"}


def test_texts_by_language_become_columns(tmp_path):
    texts = {"ka": {"name": "წიგნი"}, "en-GB": {"name": "Ledger"}}
    file = written(tmp_path, json.dumps([{"language": "en-GB", "texts": texts}]), "json")
    assert rows_of(file)[0].values == {"language": "en-GB", "name": "Ledger", "name:ka": "წიგნი"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"name": "A",}]', "line 1, column"),
        ("[\n{]", "line 2, column 2"),
        ("", "line 1, column 1"),
        ("[" * 100_000, "brackets"),
        ("[NaN]", "number"),
        ("[" + "9" * 5000 + "]", "number"),
        ('"text"', "list of records"),
        ('{"records": []}', "list of records"),
        (b'["\xff"]', "UTF-8"),
    ],
)
def test_json_that_cannot_be_read_is_refused(tmp_path, content, words):
    with pytest.raises(UnreadableError, match=words):
        written(tmp_path, content, "json")


@pytest.mark.parametrize("item", [3, "text", None, ["list"]])
def test_a_record_has_to_be_an_object(tmp_path, item):
    assert rows_of(written(tmp_path, json.dumps([item]), "json"))[0].fault


@pytest.mark.parametrize("texts", ["text", ["text"], {"en": "text"}])
def test_texts_have_to_be_objects(tmp_path, texts):
    (row,) = rows_of(written(tmp_path, json.dumps([{"external_id": "1", "texts": texts}]), "json"))
    assert row.fault.field == "texts"
    assert row.record == "1"


def test_a_record_is_named_by_its_own_id_or_its_place(tmp_path):
    rows = rows_of(written(tmp_path, json.dumps([{"external_id": " a-1 "}, {"external_id": 3}, {}]), "json"))
    assert [row.record for row in rows] == ["a-1", "record 2", "record 3"]
