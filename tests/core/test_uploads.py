"""What is taken of the files that people send, what is refused and why, and where it is kept."""

import hashlib
import io
import os
import stat
import unicodedata
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, strategies as st

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import InvalidError, UnavailableError
from hub.core.inspection import FILENAME_LENGTH, extension_of, shown_name
from hub.core.kinds import DOCUMENTS, MEDIA_TYPES, PICTURES
from hub.core.uploads import MAX_FILE, NAME_LENGTH, accept_file, forget_orphans, path_of, stored_file
from tests.core.samples import PDF, SVG, archive, good, office, open_document, refusal, send

MEGABYTE = 1024 * 1024


# --- what is taken ---


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_kind_is_taken_and_kept_private(tmp_path, kind):
    sent = good(kind)
    accepted = send(tmp_path, f"Report.{kind.upper()}", sent)
    path = path_of(tmp_path, accepted)
    content = path.read_bytes()
    assert (accepted.filename, accepted.media_type) == (f"Report.{kind.upper()}", MEDIA_TYPES[kind])
    assert (accepted.size, accepted.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert kind in PICTURES or content == sent
    assert len(accepted.name) == NAME_LENGTH
    assert path.parent == tmp_path / "uploads" / accepted.name[:2]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


@pytest.mark.db
def test_a_row_finds_its_file(database, tmp_path):
    accepted = send(tmp_path, "Report.pdf", PDF)
    with transaction():
        stored = stored_file(accepted)
        assert stored.id
    assert path_of(tmp_path, stored).read_bytes() == PDF
    assert stored.stored_at <= now()


def test_the_same_file_twice_has_two_names(tmp_path):
    assert send(tmp_path, "a.pdf", PDF).name != send(tmp_path, "a.pdf", PDF).name


# --- names ---


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\Отчёт 2024.pdf", "Отчёт 2024.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("நிதி\u200cஆய்வு.pdf", "நிதி\u200cஆய்வு.pdf"),
        (".pdf", "pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_the_name_shown_has_no_path_and_nothing_invisible(sent, shown):
    assert shown_name(sent) == shown


@given(st.text(max_size=200), st.sampled_from(DOCUMENTS))
def test_any_name_becomes_one_that_is_safe_to_show(words, kind):
    shown = shown_name(f"{words}.{kind}")
    assert 0 < len(shown) <= FILENAME_LENGTH
    assert shown.endswith(kind)
    assert not {"/", "\\"} & set(shown)
    assert not [each for each in shown if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [
        each for each in shown if unicodedata.bidirectional(each) in {"RLO", "LRO", "RLE", "LRE", "RLI"}
    ]
    assert shown_name(shown) == shown
    shown.encode()


@given(st.text(max_size=40))
def test_a_name_is_judged_by_its_end_or_refused(words):
    shown = shown_name(words)
    try:
        extension = extension_of(shown, DOCUMENTS)
    except InvalidError:
        return
    assert shown.lower().endswith(f".{extension}")


@pytest.mark.parametrize(
    "name",
    ["a.exe", "report.pdf.exe", "a.svg", "a.docm", "a.xlsm", "a.html", "pdf", "a", "a.", "a.pdf.", "a.doc"],
)
def test_other_types_are_refused_with_a_list(tmp_path, name):
    if name == "a.pdf.":
        assert send(tmp_path, name, PDF).filename == "a.pdf"
        return
    assert refusal(tmp_path, name, PDF, kinds=("csv", "json")).endswith("Choose one of these: csv, json.")


@pytest.mark.parametrize(
    "name",
    ["x.php.png", "x.svg.png", "x.html.txt", "x.PHP5 .png", "x.docm.docx", "x.pdf.js.md", "a.b.php.png"],
)
def test_a_dangerous_type_does_not_hide_inside_a_name(tmp_path, name):
    assert "Take that out of the name" in refusal(tmp_path, name, good("png"))


def test_dots_in_a_name_are_no_second_type(tmp_path):
    assert send(tmp_path, "v1.2 www.example.org 24.12.2024.pdf", PDF)


# --- content ---


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_is_taken_under_the_name_of_another_kind(tmp_path, kind):
    same = {"jpg", "jpeg"} if kind in {"jpg", "jpeg"} else {kind}
    texts = {"csv", "txt", "md"}
    for other in DOCUMENTS:
        if other in same or (kind == "zip" and other in {"docx", "xlsx", "pptx", "odt", "ods", "odp"}):
            continue
        if kind in texts and other in {*texts, "json"}:
            continue
        refusal(tmp_path, f"a.{kind}", good(other))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", SVG),
        ("a.txt", SVG),
        ("a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>words"),
        ("a.md", "<?php system('ls');".encode("utf-16")),
        ("a.csv", b"a,b\0c"),
        ("a.txt", "a\0b".encode("utf-16")),
        ("a.json", b"words"),
        ("a.json", b'{"a": 1'),
        ("a.pdf", b"GIF89a" + PDF),
        ("a.png", b"\x89PNG"),
        ("a.webp", b"RIFF\x10\0\0\0WAVEfmt "),
        ("a.zip", b"#!/bin/sh\n" + archive([("a.txt", "words")])),
        ("a.zip", archive([("a.txt", "words")]) + b"<script>"),
        ("a.docx", archive([("a.txt", "words")])),
        ("a.docx", office("xlsx")),
        ("a.ods", open_document("odt")),
        ("a.odt", archive([("content.xml", "x"), ("mimetype", MEDIA_TYPES["odt"])])),
        ("a.docx", archive([("[Content_Types].xml", ""), ("word/a", "1"), ("WORD/A", "2")])),
    ],
)
def test_content_that_does_not_fit_its_name_is_refused(tmp_path, name, content):
    assert "though its name says so" in refusal(tmp_path, name, content)


def test_letters_in_another_encoding_are_named(tmp_path):
    assert "Save it as UTF-8" in refusal(tmp_path, "a.csv", "Ämter".encode("latin-1"))
    assert "Save it as UTF-8" in refusal(tmp_path, "a.txt", "Ä".encode()[:1])
    assert "Save it as UTF-8" in refusal(tmp_path, "a.txt", "ab".encode("utf-16")[:-1])


def test_nothing_and_too_much_are_refused(tmp_path):
    assert "empty" in refusal(tmp_path, "a.txt", b"")
    assert "up to 20 MB" in refusal(tmp_path, "a.txt", b"x" * (21 * MEGABYTE))
    assert send(tmp_path, "a.txt", b"x" * MAX_FILE).size == MAX_FILE


@pytest.mark.parametrize("content", [PDF[:-10], PDF + archive([("a.txt", "words")]), PDF + b"<script>"])
def test_a_pdf_ends_with_its_own_end(tmp_path, content):
    assert "damaged or incomplete" in refusal(tmp_path, "a.pdf", content)


# --- the disk ---


def test_a_disk_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "uploads").write_text("in the way")
    with pytest.raises(UnavailableError):
        send(tmp_path, "a.pdf", PDF)


def test_a_stream_that_breaks_leaves_nothing(tmp_path):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        accept_file(tmp_path, "a.pdf", Broken())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.db
def test_files_without_a_row_are_forgotten_after_a_day(database, tmp_path):
    assert forget_orphans(tmp_path) == 0
    named, orphan, fresh = (send(tmp_path, "a.pdf", PDF) for _ in range(3))
    with transaction():
        stored_file(named)
    draft = path_of(tmp_path, orphan).with_name("left.draft")
    draft.write_bytes(b"half")
    yesterday = (now() - timedelta(hours=25)).timestamp()
    for path in (path_of(tmp_path, named), path_of(tmp_path, orphan), draft):
        os.utime(path, (yesterday, yesterday))
    assert forget_orphans(tmp_path) == 2
    assert path_of(tmp_path, named).exists()
    assert path_of(tmp_path, fresh).exists()
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        assert forget_orphans(tmp_path) == 1
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path_of(tmp_path, named)]
