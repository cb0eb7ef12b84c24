"""Who presents an entry: naming, answering, leaving, and that nobody chooses who judges by it."""

import pytest

from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, MemberStatus
from hub.members.profiles.finding import members_called
from hub.showcases.entries.leaving import let_missing_go, missing_presenters
from hub.showcases.entries.presenters import (
    confirm_presenter,
    name_guest,
    name_member,
    remove_presenter,
    step_back_as_presenter,
)
from hub.showcases.entries.queries import entry_in, presented_entries
from hub.showcases.models import EntryStatus, PresenterStatus, ShowcaseCurator
from hub.showcases.permissions import entry_conflict
from tests.catalogue.records import MEMBERS, POLICE
from tests.collaboration.acts import did, told
from tests.factories import make_law_enforcement, make_member
from tests.showcases.entries.proposals import a_draft, propose, reachable
from tests.showcases.scenes import (
    confirmed_entry,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
)


@pytest.fixture
def proposal(database):
    return a_draft()


@pytest.fixture
def speaker(database):
    return reachable(make_member(display_name="Tamar K."))


@pytest.mark.db
def test_who_is_named_in_a_draft_hears_of_it_once_it_is_proposed(proposal, speaker):
    did(name_member, proposal.partner, proposal.entry, speaker)
    assert told(speaker) == []
    with pytest.raises(NotFoundError):
        entry_in(proposal.showcase.slug, proposal.entry.public_id, viewer_of(speaker))
    propose(proposal.partner, proposal.entry)
    assert told(speaker) == ["presenter_named"]
    assert presented_entries(viewer_of(speaker)) == [proposal.entry]


def test_who_is_named_later_is_told_at_once(proposal, speaker):
    propose(proposal.partner, proposal.entry)
    did(name_member, proposal.partner, proposal.entry, speaker)
    assert told(speaker) == ["presenter_named"]


def test_members_are_found_by_part_of_their_name(proposal, speaker):
    viewer = viewer_of(proposal.partner)
    assert members_called(viewer, "tamar") == [speaker]
    assert members_called(viewer, "tamar", but=[speaker.id]) == []


def test_who_takes_no_messages_or_blocked_the_side_is_not_named(proposal, speaker):
    session().add(Block(member_id=speaker.id, blocked_id=proposal.partner.id))
    session().commit()
    for member in (speaker, make_member()):
        with pytest.raises(InvalidError):
            did(name_member, proposal.partner, proposal.entry, member)


def test_presenters_are_inside_the_audience(database):
    innovation = recorded_innovation()
    officer = make_member(law_enforcement="GE", represents=[innovation.owner])
    showcase = opened_showcase(readership=POLICE)
    entry = proposed_entry(showcase, innovation, officer, presenters=[])
    outside = reachable(make_member())
    with pytest.raises(InvalidError) as refused:
        did(name_member, officer, entry, outside)
    assert refused.value.field == "member"
    make_law_enforcement(outside, "ID")
    session().commit()


@pytest.mark.db
def test_nobody_chooses_the_judges_by_naming_them(proposal):
    reachable(proposal.curator)
    with pytest.raises(InvalidError):
        did(name_member, proposal.partner, proposal.entry, proposal.curator)
    assert entry_conflict(viewer_of(proposal.curator), proposal.entry) is None


def test_a_curator_names_themselves_and_judges_no_more(proposal):
    session().add(ShowcaseCurator(showcase_id=proposal.showcase.id, member_id=proposal.partner.id))
    session().commit()
    assert [each.member_id for each in proposal.entry.presenters] == [proposal.partner.id]
    assert entry_conflict(viewer_of(proposal.partner), proposal.entry) is not None


def test_an_entry_has_up_to_four_presenters_each_once(proposal):
    for name in ("Nino B.", "Giorgi A.", "Ana M."):
        did(name_guest, proposal.partner, proposal.entry, name)
    with pytest.raises(InvalidError):
        did(name_guest, proposal.partner, proposal.entry, "One more")
    with pytest.raises(InvalidError):
        did(name_guest, proposal.partner, proposal.entry, "nino  b.")


def test_a_proposed_entry_keeps_one_presenter(proposal):
    propose(proposal.partner, proposal.entry)
    with pytest.raises(ConflictError):
        did(remove_presenter, proposal.partner, proposal.entry.presenters[0])
    did(name_guest, proposal.partner, proposal.entry, "Nino B.")
    did(remove_presenter, proposal.partner, proposal.entry.presenters[0])
    assert [each.name for each in proposal.entry.presenters] == ["Nino B."]


@pytest.mark.db
def test_presenters_answer_for_themselves(proposal, speaker):
    propose(proposal.partner, proposal.entry)
    presenter = did(name_member, proposal.partner, proposal.entry, speaker)
    with pytest.raises(ForbiddenError):
        did(confirm_presenter, proposal.partner, presenter)
    did(confirm_presenter, speaker, presenter)
    assert presenter.status is PresenterStatus.CONFIRMED
    assert told(proposal.partner)[-1:] == ["presenter_answered"]
    did(step_back_as_presenter, speaker, presenter)
    assert presenter.status is PresenterStatus.STEPPED_BACK
    with pytest.raises(NotFoundError):
        did(confirm_presenter, speaker, presenter)


def test_the_side_answers_for_who_has_no_account(proposal):
    propose(proposal.partner, proposal.entry)
    guest = did(name_guest, proposal.partner, proposal.entry, "Nino B.")
    did(confirm_presenter, proposal.partner, guest)
    assert guest.status is PresenterStatus.CONFIRMED


def test_the_side_is_told_to_name_somebody_where_nobody_is_left(proposal, speaker):
    did(name_member, proposal.partner, proposal.entry, speaker)
    did(remove_presenter, proposal.partner, proposal.entry.presenters[0])
    propose(proposal.partner, proposal.entry)
    did(step_back_as_presenter, speaker, proposal.entry.presenters[0])
    assert told(proposal.partner)[-1:] == ["presenter_missing"]


@pytest.mark.db
def test_who_was_suspended_presents_nothing_any_more(proposal, speaker):
    propose(proposal.partner, proposal.entry)
    presenter = did(name_member, proposal.partner, proposal.entry, speaker)
    assert missing_presenters() == []
    speaker.status = MemberStatus.SUSPENDED
    session().commit()
    assert missing_presenters() == [presenter.id]
    assert did(let_missing_go, presenter.id) is True
    assert did(let_missing_go, presenter.id) is False
    assert presenter.status is PresenterStatus.GONE
    assert told(proposal.partner)[-1:] == ["presenter_missing"]


def test_what_was_shown_keeps_its_presenters(database):
    entry = proposed_entry(opened_showcase(readership=MEMBERS), status=EntryStatus.PRESENTED)
    with pytest.raises(ConflictError):
        did(name_guest, entry.proposed_by, entry, "Nino B.")
    with pytest.raises(NotFoundError):
        did(name_guest, make_curator(), entry, "Nino B.")


def test_nobody_is_named_for_two_slots_at_the_same_time(database, speaker):
    showcase = published_showcase()
    entry, other = confirmed_entry(showcase), confirmed_entry(showcase, presenters=[speaker])
    make_slot(showcase, entry)
    slot = make_slot(showcase, other)
    with pytest.raises(InvalidError):
        did(name_member, entry.proposed_by, entry, speaker)
    slot.starts_at, slot.ends_at = slot.ends_at, slot.ends_at + (slot.ends_at - slot.starts_at)
    session().commit()
    did(name_member, entry.proposed_by, entry, speaker)
