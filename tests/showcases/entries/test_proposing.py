"""Drafting and proposing entries: who may, what is taken, and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core import clock
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
    TooManyError,
)
from hub.integrity.viewers import viewer_of
from hub.showcases.entries import service
from hub.showcases.entries.checking import CallClosedError
from hub.showcases.entries.queries import entry_in, open_calls_for, own_entries, proposable_innovations
from hub.showcases.entries.service import discard_entry, draft_entry, save_entry, withdraw_entry
from hub.showcases.models import (
    Attendance,
    Entry,
    EntryDecision,
    EntryFormat,
    EntryStatus,
    PresenterStatus,
    ShowcaseStatus,
)
from tests.catalogue.records import EVERYBODY, MEMBERS, POLICE, make_scene
from tests.collaboration.acts import did, later, told
from tests.factories import make_member, make_organisation
from tests.showcases.entries.proposals import DETAILS, a_draft, propose
from tests.showcases.scenes import make_curator, opened_showcase, proposed_entry, recorded_innovation


@pytest.fixture
def proposal(database):
    return a_draft()


def tags():
    return list(session().scalars(select(AuditEntry.tag).order_by(AuditEntry.number)))


# ---- drafting


@pytest.mark.db
def test_a_draft_is_its_sides_alone(proposal):
    assert proposal.entry.status is EntryStatus.DRAFT
    assert proposal.entry.organisation_id == proposal.owner.id
    assert [each.status for each in proposal.entry.presenters] == [PresenterStatus.CONFIRMED]
    assert told(proposal.curator) == []
    with pytest.raises(NotFoundError):
        entry_in(proposal.showcase.slug, proposal.entry.public_id, viewer_of(proposal.curator))
    colleague = make_member(represents=[proposal.owner])
    assert [each.id for each in own_entries(viewer_of(colleague))] == [proposal.entry.id]


def test_only_who_speaks_for_an_innovation_proposes_it(database):
    showcase, innovation = opened_showcase(), recorded_innovation()
    with pytest.raises(ForbiddenError):
        did(draft_entry, make_member(), showcase, innovation, DETAILS, presents_it=True)


def test_a_hidden_showcase_takes_nothing_and_is_not_there(database):
    scene = make_scene()
    showcase = opened_showcase(readership=POLICE)
    innovation = recorded_innovation(scene)
    with pytest.raises(NotFoundError):
        did(draft_entry, scene.partner, showcase, innovation, DETAILS, presents_it=True)


@pytest.mark.parametrize(
    ("of_showcase", "of_innovation", "is_taken"),
    [
        (EVERYBODY, EVERYBODY, True),
        (MEMBERS, EVERYBODY, True),
        (MEMBERS, MEMBERS, True),
        (EVERYBODY, MEMBERS, False),
    ],
)
def test_everybody_in_the_audience_has_to_be_allowed_to_read_the_innovation(
    database, of_showcase, of_innovation, is_taken
):
    scene = make_scene()
    showcase = opened_showcase(readership=of_showcase)
    innovation = recorded_innovation(scene, readership=of_innovation)
    viewer = viewer_of(scene.partner)
    assert [each.is_showable for each in open_calls_for(innovation, viewer)] == [is_taken]
    assert bool(proposable_innovations(showcase, viewer)) is is_taken
    if is_taken:
        did(draft_entry, scene.partner, showcase, innovation, DETAILS, presents_it=True)
    else:
        with pytest.raises(InvalidError) as refused:
            did(draft_entry, scene.partner, showcase, innovation, DETAILS, presents_it=True)
        assert refused.value.field == "innovation"


def test_an_innovation_has_one_entry_for_a_showcase(proposal):
    colleague = make_member(represents=[proposal.owner])
    with pytest.raises(ConflictError):
        did(draft_entry, colleague, proposal.showcase, proposal.entry.innovation, DETAILS, presents_it=True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"language": "english please"}, "language"),
        ({"pitch": "x" * 2_001}, "pitch"),
        ({"needs": "x" * 1_001}, "needs"),
        ({"format": EntryFormat.ONLINE}, "format"),
    ],
)
def test_what_cannot_be_stored_is_refused(database, changes, field):
    showcase = opened_showcase(attendance=Attendance.ON_SITE)
    with pytest.raises(InvalidError) as refused:
        a_draft(showcase, details=replace(DETAILS, **changes))
    assert refused.value.field == field


def test_an_embargo_behind_the_showcase_is_refused(database):
    showcase = opened_showcase()
    with pytest.raises(InvalidError) as refused:
        a_draft(showcase, details=replace(DETAILS, embargo_until=showcase.ends_at))
    assert refused.value.field == "embargo_on"


def test_begun_entries_are_counted(database, monkeypatch):
    monkeypatch.setattr(service, "A_DAY", 1)
    scene = make_scene()
    a_draft(scene=scene)
    with pytest.raises(TooManyError):
        a_draft(scene=scene)


# ---- saving


@pytest.mark.db
def test_a_stale_save_is_refused(proposal):
    did(save_entry, proposal.partner, proposal.entry, replace(DETAILS, minutes=10), version=1)
    with pytest.raises(StaleVersionError):
        did(save_entry, proposal.partner, proposal.entry, replace(DETAILS, minutes=5), version=1)
    assert proposal.entry.minutes == 10


def test_a_proposed_entry_is_changed_until_the_call_closes(proposal, monkeypatch):
    propose(proposal.partner, proposal.entry)
    did(save_entry, proposal.partner, proposal.entry, replace(DETAILS, minutes=10), version=1)
    assert tags()[-1] == "entry:change"
    later(monkeypatch, timedelta(days=30))
    with pytest.raises(CallClosedError):
        did(save_entry, proposal.partner, proposal.entry, DETAILS, version=2)
    assert proposal.entry.minutes == 10


def test_a_proposed_entry_keeps_its_pitch(proposal):
    propose(proposal.partner, proposal.entry)
    with pytest.raises(InvalidError) as refused:
        did(save_entry, proposal.partner, proposal.entry, replace(DETAILS, pitch=" "), version=1)
    assert refused.value.field == "pitch"


# ---- proposing


@pytest.mark.db
def test_a_proposal_is_told_to_the_side_the_presenters_and_the_judges(proposal):
    outsider, conflicted = make_curator(), make_curator(represents=[proposal.owner])
    proposal.showcase.curators.append(type(proposal.showcase.curators[0])(member_id=conflicted.id))
    session().commit()
    propose(proposal.partner, proposal.entry)
    assert told(proposal.partner)[-1:] == ["entry_received"]
    assert told(proposal.curator) == ["entry_proposed"]
    assert told(outsider) == []
    # they speak for the owner, so they hear of it as its side and not as a curator
    assert told(conflicted) == ["entry_received"]
    assert tags()[-2:] == ["entry:draft", "entry:propose"]


@pytest.mark.parametrize("lacking", ["pitch", "presenters"])
def test_what_is_missing_is_said(database, lacking):
    details = replace(DETAILS, pitch="") if lacking == "pitch" else DETAILS
    proposal = a_draft(details=details, presents_it=lacking == "pitch")
    with pytest.raises(InvalidError) as refused:
        propose(proposal.partner, proposal.entry)
    assert refused.value.field == lacking
    assert proposal.entry.status is EntryStatus.DRAFT


@pytest.mark.db
@pytest.mark.parametrize(("seconds", "is_taken"), [(-1, True), (0, False), (1, False)])
def test_late_entries_are_refused_by_the_second(proposal, monkeypatch, seconds, is_taken):
    moment = proposal.showcase.call_closes_at + timedelta(seconds=seconds)
    # it reached the hub at that moment and waited for others half a minute
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=30))
    if is_taken:
        propose(proposal.partner, proposal.entry, arrived_at=moment)
        assert proposal.entry.proposed_at == moment
    else:
        with pytest.raises(CallClosedError):
            propose(proposal.partner, proposal.entry, arrived_at=moment)
        assert proposal.entry.status is EntryStatus.DRAFT


def test_before_the_call_opens_nothing_is_taken(database):
    showcase = opened_showcase(call_opens_at=clock.now() + timedelta(days=1))
    with pytest.raises(ConflictError) as refused:
        a_draft(showcase)
    assert not isinstance(refused.value, CallClosedError)


def test_an_innovation_that_was_narrowed_meanwhile_is_not_proposed(proposal):
    proposal.entry.innovation.set_readership(MEMBERS)
    session().commit()
    with pytest.raises(InvalidError):
        propose(proposal.partner, proposal.entry)


def test_proposals_are_counted(database, monkeypatch):
    scene = make_scene()
    first, second = a_draft(scene=scene), a_draft(scene=scene)
    monkeypatch.setattr(service, "A_DAY", 1)
    propose(scene.partner, first.entry)
    with pytest.raises(TooManyError):
        propose(scene.partner, second.entry)
    assert second.entry.status is EntryStatus.DRAFT


# ---- leaving


@pytest.mark.db
@pytest.mark.parametrize("status", [EntryStatus.PROPOSED, EntryStatus.UNDER_REVIEW, EntryStatus.WAITLISTED])
def test_an_entry_is_withdrawn_with_what_its_answer_was_going_to_be(database, status):
    curator = make_curator()
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW)
    scene = make_scene()
    entry = proposed_entry(showcase, recorded_innovation(scene), scene.partner, status=status)
    if status is EntryStatus.UNDER_REVIEW:
        entry.pending, entry.pending_at, entry.pending_by_id = EntryDecision.ACCEPT, clock.now(), curator.id
        session().commit()
    did(withdraw_entry, scene.partner, entry)
    assert (entry.status, entry.pending, entry.pending_at) == (EntryStatus.WITHDRAWN, None, None)
    assert told(curator) == ["entry_left"]


def test_a_withdrawn_innovation_is_proposed_anew(proposal):
    propose(proposal.partner, proposal.entry)
    did(withdraw_entry, proposal.partner, proposal.entry)
    did(
        draft_entry, proposal.partner, proposal.showcase, proposal.entry.innovation, DETAILS, presents_it=True
    )


@pytest.mark.db
def test_a_draft_is_discarded_once(proposal):
    number, entry = proposal.entry.id, proposal.entry
    did(discard_entry, proposal.partner, entry)
    assert session().get(Entry, number) is None
    assert tags()[-1] == "entry:discard"


def test_a_stranger_finds_no_entry_to_leave(proposal):
    for act in (withdraw_entry, discard_entry):
        with pytest.raises(NotFoundError):
            did(act, make_member(represents=[make_organisation()]), proposal.entry)
