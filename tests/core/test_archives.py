"""Archives, and documents that are archives inside: what is refused before anybody unpacks it."""

import stat
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from hub.core.errors import InvalidError
from tests.core.samples import (
    archive,
    good,
    locked_archive,
    lying_archive,
    office,
    open_document,
    refusal,
    send,
)

MEGABYTE = 1024 * 1024


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    zeros = bytes(201 * MEGABYTE)
    assert "more than 200 MB" in refusal(tmp_path, "a.zip", archive([("a.txt", zeros)]))
    assert "more than 100 times" in refusal(tmp_path, "a.zip", archive([("a.txt", zeros[: 2 * MEGABYTE])]))
    many = [(f"{number}.txt", "") for number in range(2_001)]
    assert "more than 2000 files" in refusal(tmp_path, "a.zip", archive(many))
    many = [("x" * 60_000 + str(number), "") for number in range(60)]
    assert "more than 2000 files" in refusal(tmp_path, "a.zip", archive(many))


def test_an_archive_that_lies_of_its_size_is_refused(tmp_path):
    assert "damaged" in refusal(tmp_path, "a.zip", lying_archive())


def test_what_documents_inside_an_archive_unpack_to_is_counted_together(tmp_path):
    parts = [(f"word/{number}.xml", "") for number in range(700)]
    assert "more than 2000 files" in refusal(
        tmp_path, "a.zip", archive([(f"{number}.docx", office("docx", *parts)) for number in range(3)])
    )


@pytest.mark.parametrize(
    "inner", ["a.zip", "a.tar.gz", "a.dat", "a.7z", "a.jar"], ids=["zip", "tar.gz", "hidden", "7z", "jar"]
)
@pytest.mark.parametrize("outer", ["zip", "docx"])
def test_an_archive_inside_another_is_refused(tmp_path, inner, outer):
    part = (inner, archive([("a.txt", "words")]))
    content = archive([part]) if outer == "zip" else office("docx", part)
    assert "another archive" in refusal(tmp_path, f"a.{outer}", content)


def test_the_sheet_of_a_chart_is_no_archive_in_this_sense(tmp_path):
    sheet = ("ppt/embeddings/Sheet1.xlsx", office("xlsx"))
    slides = office("pptx", sheet, ("ppt/media/image1.emz", b"\x1f\x8bdrawing"))
    assert send(tmp_path, "a.pptx", slides)
    assert send(tmp_path, "a.zip", archive([("a.pptx", slides)]))
    deeper = office("xlsx", ("xl/embeddings/a.docx", office("docx")))
    slides = office("pptx", ("ppt/embeddings/Sheet1.xlsx", deeper))
    assert "another archive" in refusal(tmp_path / "other", "a.zip", archive([("a.pptx", slides)]))


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a.txt", "a/../../b.txt", "C:/a.txt", "a\\..\\b.txt", "a\nb.txt"]
)
def test_a_path_that_leads_out_of_an_archive_is_refused(tmp_path, path):
    assert "leads out of the archive" in refusal(tmp_path, "a.zip", archive([(path, "words")]))


def test_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "leads out of the archive" in refusal(tmp_path, "a.zip", archive([(link, "/etc/passwd")]))


def test_a_password_is_named(tmp_path):
    assert "password" in refusal(tmp_path, "a.zip", locked_archive())
    assert "password" in refusal(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    locked = open_document("odt", manifest="<manifest:encryption-data/>")
    assert "password" in refusal(tmp_path, "a.odt", locked)
    assert "password" in refusal(tmp_path, "a.zip", archive([("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600))]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", office("docx", ("word/vbaProject.bin", "x"))),
        ("a.docx", office("docx", content_type="application/vnd.ms-word.document.macroEnabled")),
        ("a.xlsx", office("xlsx", ("xl/macrosheets/sheet1.xml", "x"))),
        ("a.ods", open_document("ods", ("Basic/Standard/Module1.xml", "x"))),
        ("a.zip", archive([("a.docx", office("docx", ("word/vbaProject.bin", "x")))])),
        ("a.pptx", office("pptx", ("ppt/embeddings/a.xlsx", office("xlsx", ("xl/vbaProject.bin", "x"))))),
    ],
)
def test_macros_are_refused(tmp_path, name, content):
    assert "macros" in refusal(tmp_path, name, content)


@pytest.mark.parametrize("kind", ["zip", "docx", "odt"])
def test_a_damaged_archive_is_refused(tmp_path, kind):
    sound = good(kind)
    refusal(tmp_path, f"a.{kind}", sound[:-30])
    refusal(tmp_path, f"a.{kind}", sound[:40] + b"\xff\xff" + sound[42:])


def test_other_ways_to_pack_are_refused(tmp_path):
    packed = archive([("a.txt", "words" * 100)], compression=zipfile.ZIP_BZIP2)
    assert "ordinary ZIP" in refusal(tmp_path, "a.zip", packed)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_any_damage_to_an_archive_is_judged_in_words(tmp_path_factory, place, damage):
    folder = tmp_path_factory.getbasetemp()
    sound = bytearray(good("docx"))
    place %= len(sound)
    sound[place : place + len(damage)] = damage
    with suppress(InvalidError):
        send(folder, "a.docx", bytes(sound))
