"""What looks like a trace of a case or a person, and what does not."""

import pytest

from hub.collaboration.traces import Trace, TraceKind, traces_in_words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pay to DE89 3704 0044 0532 0130 00 today", TraceKind.ACCOUNT),
        ("account no. 1234 5678 90", TraceKind.ACCOUNT),
        ("Kontonummer: 12345678", TraceKind.ACCOUNT),
        ("passport C01X00T47", TraceKind.PASSPORT),
        ("holder of AB1234567", TraceKind.PASSPORT),
        ("Reisepass Nr. C4J7K9312", TraceKind.PASSPORT),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<", TraceKind.PASSPORT),
        ("Case no. 12/2024", TraceKind.CASE),
        ("საქმე № 12/24567", TraceKind.CASE),
        ("call +995 555 12 34 56", TraceKind.PHONE),
        ("write to somebody@police.example", TraceKind.EMAIL),
        ("01008012345", TraceKind.NUMBER),
        ("Card 4111 1111 1111 1111", TraceKind.CARD),
        ("DE89\u200b3704\u200b0044\u200b0532\u200b0130\u200b00", TraceKind.ACCOUNT),
        ("case file 2023-CR-0042", TraceKind.CASE),
        ("12 Js 345/22", TraceKind.CASE),
        ("078-05-1120", TraceKind.NUMBER),
        ("see https://bank.example/?iban=DE89370400440532013000", TraceKind.ACCOUNT),
        ("\uff21\uff22\uff11\uff12\uff13\uff14\uff15\uff16\uff17", TraceKind.PASSPORT),
    ],
)
def test_numbers_and_addresses_are_found(text, kind):
    assert [each.kind for each in traces_in_words(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "We read 4,000 tender notices a year, worth 40,000,000 euros.",
        "UNCAC Art. 36, ISO 37001:2016, OCDS 1.1.5, commitment UK0066, 2019-2021",
        "In this case 12 of 40 offices took part; see https://example.org/case/12/2024",
        "The file is a CSV of 31 columns; account for differences, passport offices included.",
        "The years 2018 2019 2020 2021; https://example.org/123456789/2024?page=2&year=2024",
        "Dr Smith of the audit office, phase 2/3",
        "",
    ],
)
def test_ordinary_words_are_none(text):
    assert traces_in_words(text) == []


def test_each_is_named_once_and_what_is_known_is_left_out():
    found = traces_in_words("a@b.example and a@b.example and c@d.example")
    assert found == [Trace(TraceKind.EMAIL, "a@b.example"), Trace(TraceKind.EMAIL, "c@d.example")]
    assert traces_in_words("a@b.example c@d.example", known=found[:1]) == found[1:]
