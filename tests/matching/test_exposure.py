"""Exposure is counted from known lists: right, once a day, on from where a worker stopped, with nobody named in it."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from hub.access.viewer import Role
from hub.core import clock
from hub.core.database import session
from hub.core.errors import UnavailableError
from hub.jobs.fairness import count_exposure
from hub.matching.facts import Kind
from hub.matching.fairness import exposure
from hub.matching.fairness.settings import set_floor
from hub.matching.models import Exposure, Strength
from hub.matching.parts import Pairing
from hub.members.models import FieldAudience
from tests.collaboration.acts import did, later
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import network_request, officer, school, tracing_tool

pytestmark = pytest.mark.db


class Space:
    """Ranks by known lists: `{(pairing, key of the left): [(key, score), …]}`."""

    def __init__(self, keys, lists):
        self.known, self.lists = list(keys), lists

    def keys(self):
        """Return what is in it."""
        return self.known

    def codes(self, _key):
        """Say that nothing is like another, so that lists stay as they are."""
        return {}

    def ranked(self, pairing, left, **_asked):
        """Return the known list."""
        found = self.lists.get((pairing, left.key), [])
        return SimpleNamespace(keys=[key for key, _ in found], scores=[score for _, score in found])


class Index:
    """Says that a small world is all there is."""

    def __init__(self, lists, **keys):
        self.lists, self.keys = lists, keys

    def fresh(self):
        """Return the spaces of the small world."""
        spaces = {kind: Space(self.keys.get(kind.value, []), self.lists) for kind in Kind}
        return SimpleNamespace(of=spaces.__getitem__, statistics=None)


@pytest.fixture
def world(database):
    """Two members, two innovations and one request, and who is suggested what."""
    nino = make_member(country="GE", member_type="law_enforcement", display_name="Nino")
    paul = make_member(country="FR", member_type="data_scientist", belongs_to=[make_organisation()])
    make_profile(nino, needs="Tools for tracing stolen assets.")
    make_profile(paul, offers="Network analysis.")
    tool, ledger, call = tracing_tool(), school(), network_request()
    lists = {
        (Pairing.MEMBER_INNOVATION, nino.public_id): [(tool.public_id, 62.4), (ledger.public_id, 31.0)],
        (Pairing.MEMBER_INNOVATION, paul.public_id): [(ledger.public_id, 40.0)],
        (Pairing.MEMBER_MEMBER, nino.public_id): [(nino.public_id, 99.0), (paul.public_id, 21.0)],
        (Pairing.MEMBER_REQUEST, paul.public_id): [(call.public_id, 55.0)],
        (Pairing.REQUEST_INNOVATION, call.public_id): [(ledger.public_id, 12.0)],
        (Pairing.REQUEST_MEMBER, call.public_id): [(paul.public_id, 55.0)],
        (Pairing.REQUEST_ORGANISATION, call.public_id): [("organisation", 70.0)],
    }
    index = Index(
        lists,
        member=[nino.public_id, paul.public_id],
        innovation=[tool.public_id, ledger.public_id],
        request=[call.public_id],
    )
    return SimpleNamespace(
        nino=nino, paul=paul, tool=tool, ledger=ledger, call=call, lists=lists, index=index
    )


def count(index, folder, seconds=1e9, elapsed=lambda: 0.0):
    """Count, as the worker does."""
    session().commit()
    return count_exposure(session().get_bind(), index, folder, seconds, elapsed)


def counted(kind, dimension="country"):
    """Return things, places, first places and lifted places by value."""
    session().expire_all()
    rows = session().query(Exposure).filter_by(kind=kind, dimension=dimension)
    return {each.value: (each.things, each.places, each.firsts, each.lifted) for each in rows}


def everything():
    """Return all that was counted and measured, without its moments."""
    session().expire_all()
    exposures = {
        (each.kind, each.dimension, each.value, each.things, each.places, each.firsts, each.lifted)
        for each in session().query(Exposure)
    }
    return exposures, {(each.subject, each.innovation, each.person) for each in session().query(Strength)}


def test_places_are_counted_from_everybodys_lists(world, tmp_path):
    assert count(world.index, tmp_path)
    assert counted("innovation") == {"EE": (1, 1, 1, 0), "FR": (1, 2, 1, 0)}
    assert counted("request") == {"GE": (1, 1, 1, 0)}
    assert counted("request", "member_type") == {"innovator": (1, 1, 1, 0)}
    # nobody is suggested to themselves
    assert counted("member") == {"GE": (1, 0, 0, 0), "FR": (1, 1, 1, 0)}
    assert counted("member", "member_type") == {
        "law_enforcement": (1, 0, 0, 0),
        "data_scientist": (1, 1, 1, 0),
    }
    assert counted("member", "organisation_size") == {"": (1, 0, 0, 0), "one": (1, 1, 1, 0)}


def test_how_well_needs_are_met_is_measured(world, tmp_path):
    count(world.index, tmp_path)
    _, strengths = everything()
    assert strengths == {
        (f"member:{world.nino.public_id}", 62, 21),
        (f"request:{world.call.public_id}", 12, 70),
    }


def test_counting_again_on_the_same_day_changes_nothing(world, tmp_path):
    count(world.index, tmp_path)
    before = everything()
    assert count(world.index, tmp_path)
    # also where the note of how far it came is lost
    assert count(world.index, tmp_path / "elsewhere")
    assert everything() == before


def test_the_next_day_is_counted_beside_it_and_what_is_gone_is_measured_no_more(world, tmp_path, monkeypatch):
    count(world.index, tmp_path)
    later(monkeypatch, timedelta(days=1))
    world.index.keys["request"] = []
    count(world.index, tmp_path)
    assert {each.day for each in session().query(Exposure)} == {
        clock.now().date(),
        clock.now().date() - timedelta(days=1),
    }
    assert {each.subject for each in session().query(Strength)} == {f"member:{world.nino.public_id}"}


def test_old_counts_go(world, tmp_path, monkeypatch):
    count(world.index, tmp_path)
    later(monkeypatch, exposure.KEPT_FOR + timedelta(days=1))
    count(Index({}, innovation=[world.tool.public_id]), tmp_path)
    assert {each.day for each in session().query(Exposure)} == {clock.now().date()}


@pytest.mark.db(stopped_at=[3])
@pytest.mark.parametrize("stopped_at", range(1, 6))
def test_a_worker_that_was_killed_goes_on_where_it_was(stopped_at, world, tmp_path, monkeypatch):
    monkeypatch.setattr(exposure, "BATCH", 1)
    whole = tmp_path / "whole"
    count(world.index, whole)
    wanted = everything()
    session().query(Exposure).delete()
    session().query(Strength).delete()
    session().commit()

    calls = iter(range(1, 100))

    class Killed(BaseException):
        """What no code catches."""

    def dies(*arguments):
        if next(calls) == stopped_at:
            raise Killed
        return keeps(*arguments)

    keeps = exposure.Counter.go_on
    monkeypatch.setattr(exposure.Counter, "go_on", dies)
    with pytest.raises(Killed):
        count(world.index, tmp_path)
    assert everything()[0] == set()
    assert count(world.index, tmp_path)
    assert everything() == wanted


def test_it_stops_after_its_time_and_goes_on_the_next_minute(world, tmp_path, monkeypatch):
    monkeypatch.setattr(exposure, "BATCH", 1)
    ticks = iter(range(1_000))
    goes = 0
    while not count(world.index, tmp_path, seconds=1, elapsed=lambda: next(ticks)):
        goes += 1
        assert not everything()[0]
    assert goes > 3
    assert counted("innovation") == {"EE": (1, 1, 1, 0), "FR": (1, 2, 1, 0)}


def test_what_is_noted_on_the_way_holds_sums_and_no_list(world, tmp_path, monkeypatch):
    monkeypatch.setattr(exposure, "BATCH", 1)
    ticks = iter(range(1_000))
    count(world.index, tmp_path, seconds=1, elapsed=lambda: next(ticks))
    noted = json.loads(Path(tmp_path / "exposure.json").read_text())
    assert set(noted) == {"day", "began_at", "stage", "after", "tallies", "is_stored"}
    assert noted["after"] == min(world.nino.public_id, world.paul.public_id)
    assert all(len(name.split("|")) == 3 for name in noted["tallies"])
    told = json.dumps(noted["tallies"])
    for each in (world.nino, world.paul, world.tool, world.ledger, world.call):
        assert each.public_id not in told


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"day": "yesterday"}', '{"day": null}'])
def test_a_broken_note_is_begun_anew(broken, world, tmp_path):
    (tmp_path / "exposure.json").write_text(broken)
    assert count(world.index, tmp_path)
    assert counted("request") == {"GE": (1, 1, 1, 0)}


def test_while_the_index_is_being_prepared_it_waits(database, tmp_path):
    class Preparing:
        """An index that nobody built yet."""

        def fresh(self):
            """Refuse."""
            raise UnavailableError

    assert not count(Preparing(), tmp_path)


def test_who_is_not_for_every_member_moves_no_sum(world, tmp_path):
    count(world.index, tmp_path)
    before = everything()
    hidden = make_member(country="MD", law_enforcement="MD")
    make_profile(hidden, FieldAudience.LAW_ENFORCEMENT, needs="Tools for tracing.")
    world.lists[Pairing.MEMBER_INNOVATION, hidden.public_id] = [(world.tool.public_id, 90.0)]
    world.index.keys["member"].append(hidden.public_id)
    count(world.index, tmp_path / "again")
    assert everything() == before


def test_a_text_that_is_not_for_every_member_takes_no_part(world, tmp_path):
    seen = []
    lists = world.index.fresh().of(Kind.INNOVATION)
    other = make_member(law_enforcement="GE", country="GE")
    make_profile(
        other,
        biography="Only colleagues read this.",
        biography_audience=FieldAudience.LAW_ENFORCEMENT,
        offers="Everybody reads this.",
    )

    class Watched(Space):
        """Keeps what is compared."""

        def ranked(self, pairing, left, **asked):
            """Keep the left side."""
            seen.append(left)
            return lists.ranked(pairing, left, **asked)

    # asked before the count opens a session of its own
    key = other.public_id
    spaces = SimpleNamespace(
        of=lambda kind: Watched([key] if kind is Kind.MEMBER else [], {}), statistics=None
    )
    count(SimpleNamespace(fresh=lambda: spaces), tmp_path)
    words = " ".join(f"{text.title} {text.summary} {text.body}" for left in seen for text in left.texts)
    assert "Everybody reads this." in words
    assert "Only colleagues" not in words


def test_places_that_the_floor_gave_are_counted_as_such(world, tmp_path):
    did(set_floor, make_member(roles=[Role.COORDINATOR]), percent=10, reason="Small countries are buried.")
    session().add(
        Exposure(
            day=clock.now().date() - timedelta(days=1),
            kind="member",
            dimension="country",
            value="GE",
            things=3,
            places=0,
            firsts=0,
            lifted=0,
        )
    )
    session().add(
        Exposure(
            day=clock.now().date() - timedelta(days=1),
            kind="member",
            dimension="country",
            value="FR",
            things=1,
            places=10,
            firsts=0,
            lifted=0,
        )
    )
    others = [make_member(country="FR") for _ in range(10)]
    for each in others:
        make_profile(each, offers="Network analysis.")
    world.lists[Pairing.MEMBER_MEMBER, world.paul.public_id] = [
        *((each.public_id, 60.0) for each in others),
        (world.nino.public_id, 50.0),
    ]
    world.index.keys["member"] += [each.public_id for each in others]
    count(world.index, tmp_path)
    assert counted("member") == {"GE": (1, 1, 0, 1), "FR": (11, 10, 2, 0)}


def test_with_the_real_index_what_fits_has_a_place(database, tmp_path, matching):
    nino = officer()
    tracing_tool()
    school()
    matching.forget()
    assert count(matching, tmp_path)
    assert counted("innovation")["EE"] == (1, 1, 1, 0)
    (strength,) = session().query(Strength)
    assert strength.subject == f"member:{nino.public_id}"
    assert strength.innovation > 50
