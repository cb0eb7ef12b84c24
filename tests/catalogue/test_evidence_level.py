"""The evidence level as a table: which evidence and which replications give which level."""

from itertools import count

import pytest
import time_machine

from hub.access.audience import Audience
from hub.catalogue.evidence.level import RAISED_BY, REACHED, level_of, levels_from, pieces_behind
from hub.catalogue.models import (
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationRevision,
    Replication,
    ReplicationStatus,
)
from hub.vocabularies import vocabulary

BY_TYPE = {
    "testimony": 1,
    "output_data": 2,
    "before_after": 2,
    "comparison_group": 3,
    "randomised_trial": 3,
    "independent_evaluation": 3,
    "audit": 1,
    "peer_reviewed_study": 1,
    "court_result": 1,
}
"""The level that one accepted piece of each type gives, written by hand from the domain."""

_numbers = count(1)


def piece(kind="testimony", *, status="accepted", about=None, independent=False, year=2024):
    """Return a piece of evidence that no database knows."""
    return Evidence(
        id=next(_numbers),
        type=kind,
        status=EvidenceStatus(status),
        replication_id=about.id if about else None,
        replication=about,
        is_independent=independent,
        year=year,
    )


def repeated(country="ES", status="verified"):
    """Return a replication that no database knows."""
    return Replication(id=next(_numbers), adopter_id=2, country=country, status=ReplicationStatus(status))


def innovation_with(*things, documented=True, audience=Audience.PUBLIC, origin="GE", owner=1):
    """Return a record that no database knows, with evidence and replications."""
    innovation = Innovation(owner_id=owner, origin_country=origin, audience=audience)
    revision = InnovationRevision(documentation_url="https://example.org/docs" if documented else None)
    innovation.published_revision = revision
    innovation.evidence = [each for each in things if isinstance(each, Evidence)]
    innovation.replications = [each for each in things if isinstance(each, Replication)]
    return innovation


def level(*things, **record):
    return level_of(innovation_with(*things, **record)).number


def backed(country="ES", *, independent=True, status="verified", accepted="accepted"):
    """Return a replication with a piece of evidence about it."""
    replication = repeated(country, status)
    return replication, piece(about=replication, independent=independent, status=accepted)


def test_without_evidence_there_is_no_level():
    assert level() is None
    assert level(*backed()) is None


def test_every_kindis_in_the_table():
    assert set(BY_TYPE) == vocabulary("evidence_types").codes


@pytest.mark.parametrize("kind", BY_TYPE)
def test_one_accepted_piece_gives_the_level_of_its_type(kind):
    assert level(piece(kind)) == BY_TYPE[kind]


@pytest.mark.parametrize("kind", BY_TYPE)
@pytest.mark.parametrize("status", [each for each in EvidenceStatus if each is not EvidenceStatus.ACCEPTED])
def test_only_what_was_accepted_counts(kind, status):
    assert level(piece(kind, status=status)) is None


@pytest.mark.parametrize("first", BY_TYPE)
@pytest.mark.parametrize("second", BY_TYPE)
def test_two_pieces_give_the_higher_of_their_levels(first, second):
    assert level(piece(first), piece(second)) == max(BY_TYPE[first], BY_TYPE[second])


@pytest.mark.parametrize("kind", BY_TYPE)
def test_evidence_about_a_replication_says_nothing_about_the_innovation(kind):
    replication = repeated(status="confirmed")
    assert level(replication, piece(kind, about=replication, independent=True)) is None


@pytest.mark.parametrize("kind", BY_TYPE)
def test_any_independent_evidence_about_a_verified_replication_gives_level_four(kind):
    replication = repeated()
    about = piece(kind, about=replication, independent=True)
    assert level(piece("randomised_trial"), replication, about) == 4


@pytest.mark.parametrize(
    ("replication", "expected"),
    [
        (backed(independent=False), 3),
        (backed(accepted="submitted"), 3),
        (backed(accepted="rejected"), 3),
        ((repeated(),), 3),
        *((backed(status=status), 3) for status in ReplicationStatus if status != "verified"),
        (backed(), 4),
    ],
)
def test_level_four_needs_a_verified_replication_with_independent_evidence(replication, expected):
    assert level(piece("comparison_group"), *replication) == expected


def test_a_replication_lifts_nothing_where_no_cause_was_shown():
    assert level(piece("output_data"), *backed("ES"), *backed("NO")) == 2


@pytest.mark.parametrize(
    ("countries", "record", "expected"),
    [
        (("ES", "NO"), {}, 5),
        (("ES", "NO", "FR"), {}, 5),
        (("ES", "ES"), {}, 4),
        (("ES", "GE"), {}, 4),
        (("GE",), {}, 4),
        (("ES", "NO"), {"documented": False}, 4),
        (("ES", "NO"), {"audience": Audience.MEMBERS}, 4),
        (("ES", "GE"), {"origin": None}, 5),
    ],
)
def test_level_five_needs_two_other_countries_and_open_documentation(countries, record, expected):
    replications = (each for country in countries for each in backed(country))
    assert level(piece("randomised_trial"), *replications, **record) == expected


def test_what_the_present_owner_took_up_itself_counts_for_nothing():
    replication, evidence = backed()
    assert level(piece("randomised_trial"), replication, evidence) == 4
    assert level(piece("randomised_trial"), replication, evidence, owner=replication.adopter_id) == 3


def test_one_of_several_replications_needs_the_independent_evidence():
    assert level(piece("randomised_trial"), *backed("ES"), *backed("NO", independent=False)) == 5
    assert level(piece("randomised_trial"), *backed("ES", independent=False), repeated("NO")) == 3


@pytest.mark.parametrize(
    ("make", "number"),
    [
        (lambda: [piece(status="submitted")], None),
        (lambda: [piece(), *backed()], 1),
        (lambda: [piece(), piece("output_data"), *backed()], 2),
        (lambda: [piece("output_data"), piece("randomised_trial"), *backed(independent=False)], 3),
        (lambda: [piece(), piece("randomised_trial"), *backed(), piece("output_data")], 4),
        (
            lambda: [
                piece("comparison_group"),
                *backed("ES"),
                *backed("NO"),
                *backed("FR", status="evidenced"),
            ],
            5,
        ),
    ],
)
def test_a_page_names_the_pieces_behind_the_level_from_what_it_loaded(make, number):
    record = innovation_with(*make())
    level = level_of(record)
    record.evidence_level = level.number
    assert level.number == number
    assert set(pieces_behind(record, record.evidence)) == set(level.rests_on)


def test_what_a_decision_would_bring_is_told_before_it():
    waiting = piece("output_data", status="submitted")
    replication, about = backed(status="evidenced")
    record = innovation_with(piece("randomised_trial"), waiting, replication, about)
    assert level_of(innovation_with(waiting), assumed=waiting).number == 2
    assert level_of(record).number == 3
    assert level_of(record, assumed=replication).number == 4


def test_the_year_is_the_newest_of_what_the_level_rests_on():
    old, new = piece("randomised_trial", year=2015), piece("comparison_group", year=2017)
    word = piece("testimony", year=2025)
    found = level_of(innovation_with(old, new, word))
    assert (found.number, found.rests_on, found.year) == (3, (old, new), 2017)
    replication = repeated()
    about = piece(about=replication, independent=True, year=2020)
    assert level_of(innovation_with(old, replication, about)).year == 2020
    assert level_of(innovation_with()).year is None


@pytest.mark.parametrize(("year", "is_stale"), [(2026, False), (2021, False), (2020, True), (None, False)])
def test_evidence_is_old_after_five_years(year, is_stale):
    with time_machine.travel("2026-06-01", tick=False):
        assert Innovation(evidence_year=year, evidence_level=3).stale_year == (year if is_stale else None)


def test_each_level_says_what_gave_it_and_what_would_raise_it():
    assert set(REACHED) == set(RAISED_BY) == {None, 1, 2, 3, 4, 5}
    assert all(REACHED.values())
    assert [number for number, words in RAISED_BY.items() if not words] == [5]
    found = level_of(innovation_with(piece("audit")))
    assert (found.reached_by, found.raised_by) == (REACHED[1], RAISED_BY[1])


@pytest.mark.parametrize(
    ("code", "levels"),
    [("0", "0"), ("2", "2"), ("2+", "2345"), ("5+", "5"), ("0+", "012345"), ("", ("",))],
)
def test_a_code_of_the_filter_stands_for_one_level_or_for_all_from_it_on(code, levels):
    assert levels_from(code) == set(levels)
