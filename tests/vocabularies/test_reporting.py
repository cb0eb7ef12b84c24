"""Reporting channels: each sourced and dated, none twice, nothing made up by omission."""

import io
from datetime import date
from urllib.parse import urlsplit

import pytest
from babel import Locale

from hub.vocabularies.extraction import extract_channels
from hub.vocabularies.loader import vocabulary
from hub.vocabularies.reporting import (
    FILE,
    UNION,
    Anonymity,
    channels,
    channels_of,
    covered_countries,
    gap_of,
    gaps,
    international_channels,
)

PARTNERS = {"GB", "CH", "ID", "ES", "GE", "AE", "AU", "NO", "FR"}
"""Countries that took part in the commitment, or showed interest in it."""

ENTRIES = [*channels(), *gaps()]


def labelled(entry):
    return f"{entry.country}-{getattr(entry, 'name', 'gap')}"


@pytest.mark.parametrize("entry", ENTRIES, ids=labelled)
def test_everything_said_has_a_source_and_a_day(entry):
    assert entry.sources
    assert date(2026, 11, 1) <= entry.retrieved <= date(2100, 1, 1)
    addresses = [source.url for source in entry.sources]
    assert len(addresses) == len(set(addresses))
    for source in entry.sources:
        assert source.kind in vocabulary("report_sources")
        assert urlsplit(source.url).scheme in {"http", "https"}
        assert source.host


@pytest.mark.parametrize("channel", channels(), ids=labelled)
def test_a_channel_can_be_reached_over_https_or_by_telephone(channel):
    assert channel.url or channel.phone
    if channel.url:
        assert urlsplit(channel.url).scheme == "https"
        assert channel.host


@pytest.mark.parametrize("channel", channels(), ids=labelled)
def test_a_channel_uses_known_codes(channel):
    assert channel.country is None or channel.country in vocabulary("countries")
    assert channel.takes
    assert all(code in vocabulary("report_subjects") for code in channel.takes)
    assert channel.senders in vocabulary("report_senders")
    assert channel.anonymous in Anonymity
    assert channel.name
    assert channel.body
    assert Locale.parse(channel.language, sep="-")


def test_no_channel_stands_there_twice():
    for told in ("url", "phone"):
        found = [value for each in channels() if (value := getattr(each, told))]
        assert len(found) == len(set(found)), told


def test_every_partner_country_has_a_channel_or_a_word_why_not():
    assert all(channels_of(code) or gap_of(code) for code in PARTNERS)


def test_a_gap_is_told_only_where_there_is_no_channel():
    assert not {each.country for each in gaps()} & covered_countries()
    assert all(each.country in vocabulary("countries") and each.words for each in gaps())


def test_bodies_of_several_countries_say_what_they_do_not_take():
    assert len(international_channels()) == 4
    assert all(each.limits.startswith("Only for") for each in international_channels())
    assert {each.country for each in international_channels()} == {None, UNION}


def test_a_country_that_is_not_covered_has_nothing():
    assert channels_of("FJ") == ()
    assert gap_of("FJ") is None


def test_translators_get_our_own_words_and_no_names():
    told = [message for _, _, message, _ in extract_channels(io.BytesIO(FILE.read_bytes()), (), (), {})]
    assert set(told) == {each.limits for each in channels() if each.limits} | {each.words for each in gaps()}
    assert len(told) == len(set(told))
