"""What a country states of common prerequisites, and what an innovation still lacks there."""

import pytest

from hub.audit.queries import history_of
from hub.catalogue.models import CountryStatement, PrerequisiteDetails, ReadinessState, RevisionPrerequisite
from hub.catalogue.readiness.queries import statements_of
from hub.catalogue.readiness.rule import readiness_of
from hub.catalogue.readiness.service import NOTE_LENGTH, StatementDetails, details_of, state_prerequisites
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from tests.catalogue.cast import did, make_cast, record_of

READY, NEEDS, BLOCKED = ReadinessState
LAW, DATA, HOSTING = "law.open_contracting", "data.procurement", "technology.hosting"


@pytest.fixture
def cast(database):
    return make_cast()


def state(cast, by="focal", country="ES", **stated):
    """State something, by `law_open_contracting=(state, note)`."""
    topics = {name.replace("_", ".", 1): StatementDetails(*said) for name, said in stated.items()}
    return did(state_prerequisites, cast[by], country, topics, language="es")


def entries(country="ES", topic=LAW):
    return history_of(f"country:{country}:{topic}")


VERDICTS = [
    ((), None),
    ((None,), None),
    ((READY,), READY),
    ((READY, READY), READY),
    ((READY, None), None),
    ((NEEDS,), NEEDS),
    ((NEEDS, None), NEEDS),
    ((READY, NEEDS), NEEDS),
    ((BLOCKED,), BLOCKED),
    ((BLOCKED, None), BLOCKED),
    ((READY, NEEDS, BLOCKED, None), BLOCKED),
]
"""Written by hand: the worst that is stated; ready only where all is."""


@pytest.mark.parametrize(("stated", "verdict"), VERDICTS)
def test_the_verdict_is_the_worst_that_is_stated(stated, verdict):
    needed = [RevisionPrerequisite(area="law", topic=f"law.{n}", need="A law.") for n in range(len(stated))]
    statements = {
        f"law.{n}": CountryStatement(topic=f"law.{n}", state=each)
        for n, each in enumerate(stated)
        if each is not None
    }
    found = readiness_of("ES", needed, statements)
    assert found.verdict is verdict
    assert [row.state for row in found.rows] == list(stated)
    for each in (READY, NEEDS, BLOCKED, None):
        assert found.count(each) == stated.count(each)


def test_what_is_no_common_prerequisite_can_be_stated_by_nobody():
    needed = [RevisionPrerequisite(area="law", topic=None, need="A special law.")]
    statements = {LAW: CountryStatement(topic=LAW, state=READY), "": CountryStatement(topic="", state=READY)}
    found = readiness_of("ES", needed, {LAW: statements[LAW]})
    assert (found.verdict, found.count(None)) == (None, 1)


@pytest.mark.db
def test_a_country_is_held_against_what_a_record_needs(cast):
    needs = (
        PrerequisiteDetails("law", "Notices are public.", LAW),
        PrerequisiteDetails("data", "Data in bulk.", DATA),
        PrerequisiteDetails("technology", "A server.", HOSTING),
    )
    revision = record_of(cast, prerequisites=needs).published_revision
    state(cast, law_open_contracting=(READY,), data_procurement=(NEEDS, "From 2027 on."))
    found = readiness_of("ES", revision.prerequisites, statements_of("ES"))
    assert [found.count(each) for each in (READY, NEEDS, BLOCKED, None)] == [1, 1, 0, 1]
    assert found.verdict is NEEDS
    assert readiness_of("PT", revision.prerequisites, statements_of("PT")).verdict is None


@pytest.mark.db
@pytest.mark.parametrize(
    "by", ["visitor", "member", "partner", "adopter", "registrar", "free", "holder", "officer", "admin"]
)
def test_only_the_focal_point_of_the_country_states(cast, by):
    with pytest.raises(NotFoundError):
        state(cast, by=by, law_open_contracting=(READY,))
    assert statements_of("ES") == {}


@pytest.mark.db
@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"law_moon": (READY,)}, "topic"),
        ({"law_open_contracting": (READY, "x" * (NOTE_LENGTH + 1))}, "note-law.open_contracting"),
        ({"law_open_contracting": (READY, "a\x00b")}, "note-law.open_contracting"),
    ],
)
def test_what_cannot_be_stated_changes_nothing_at_all(cast, stated, field):
    with pytest.raises(InvalidError) as caught:
        state(cast, data_procurement=(READY,), **stated)
    assert caught.value.field == field
    assert statements_of("ES") == {}


@pytest.mark.db
def test_each_change_is_audited_and_what_stays_is_not(cast):
    assert state(cast, law_open_contracting=(NEEDS, " A bill. "), data_procurement=(None,)) == 1
    assert (statements_of("ES")[LAW].note, statements_of("ES")[LAW].stated_by_id) == (
        "A bill.",
        cast["focal"].id,
    )
    assert state(cast, law_open_contracting=(NEEDS, "A bill."), data_procurement=(READY,)) == 1
    assert [len(entries(topic=topic)) for topic in (LAW, DATA)] == [1, 1]
    assert state(cast, law_open_contracting=(NEEDS, "A better bill.")) == 1
    assert state(cast, law_open_contracting=(READY, "A better bill.")) == 1
    assert state(cast) == 0
    assert set(statements_of("ES")) == {LAW, DATA}
    assert [each.event for each in entries()] == ["country:state"] * 3


@pytest.mark.db
def test_two_pages_do_not_overwrite_each_other(cast):
    seen = {LAW: details_of(None).digest, DATA: details_of(None).digest}
    state(cast, law_open_contracting=(READY, "Since 2016."))
    focal = cast["focal"]
    topics = {LAW: StatementDetails(BLOCKED), DATA: StatementDetails(READY)}
    with pytest.raises(StaleVersionError):
        did(state_prerequisites, focal, "ES", topics, language="es", seen=seen)
    assert set(statements_of("ES")) == {LAW}
    same = {LAW: StatementDetails(READY, "Since 2016."), DATA: StatementDetails(READY)}
    assert did(state_prerequisites, focal, "ES", same, language="es", seen=seen) == 1


@pytest.mark.db
def test_a_statement_is_taken_back(cast):
    state(cast, law_open_contracting=(BLOCKED, "Never."))
    assert state(cast, law_open_contracting=(None, "Never.")) == 1
    assert state(cast, law_open_contracting=(None,)) == 0
    assert session().query(CountryStatement).count() == 0
    assert len(entries()) == 2


@pytest.mark.db
def test_countries_state_for_themselves(cast):
    state(cast, law_open_contracting=(READY,))
    state(cast, by="registrar", country="GE", law_open_contracting=(BLOCKED,))
    assert statements_of("ES")[LAW].state is READY
    assert statements_of("GE")[LAW].state is BLOCKED
