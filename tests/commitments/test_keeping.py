"""Keeping the records: who enters what, what each change needs, and what the log keeps."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from hub.access.viewer import VISITOR, Role
from hub.audit.models import AuditEntry
from hub.commitments.keeping.details import EventDetails, PartyDetails, PlanDetails, details_of
from hub.commitments.keeping.importing import Entry, Outcome, import_commitments
from hub.commitments.keeping.service import (
    change_commitment,
    discard_commitment,
    end_commitment,
    enter_commitment,
    publish_commitment,
    resume_commitment,
)
from hub.commitments.keeping.timeline import add_event, remove_event
from hub.commitments.milestones.details import MilestoneDetails
from hub.commitments.models import ActionPlan, Commitment, CommitmentStatus, Milestone, PartyRole, Precision
from hub.commitments.queries import commitment_by_code, drafts_kept_by, kept_commitment
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
)
from hub.integrity.viewers import viewer_of
from hub.organisations.models import OrganisationStatus
from tests.collaboration.acts import did, told
from tests.commitments.making import in_days, make_commitment, make_milestone
from tests.commitments.records import PLAN, details
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def keeper(database):
    return make_member(focal_country="GE")


def entered(actor, **said):
    return did(enter_commitment, actor, details(**said))


def published(actor, **said):
    commitment = entered(actor, **said)
    did(publish_commitment, actor, commitment)
    return commitment


def change(actor, commitment, **said):
    wanted = replace(details_of(commitment), **said)
    return did(change_commitment, actor, commitment, wanted, version=commitment.version)


def logged(commitment):
    tags = select(AuditEntry.tag).where(AuditEntry.subject == commitment.subject).order_by(AuditEntry.number)
    return [tag.removeprefix("commitment:") for tag in session().scalars(tags)]


def refused_field(service, *arguments, **named):
    with pytest.raises(InvalidError) as refused:
        did(service, *arguments, **named)
    return refused.value.field


def test_what_is_entered_is_what_is_kept_with_whole_months(keeper):
    commitment = entered(keeper)
    assert commitment.status is CommitmentStatus.DRAFT
    assert details_of(commitment) == details(starts_on=date(2016, 5, 1), ends_on=date(2017, 5, 31))
    assert logged(commitment) == ["enter"]


@pytest.mark.parametrize("roles", [(), (Role.ADMINISTRATOR,)])
def test_others_enter_nothing(database, roles):
    with pytest.raises(ForbiddenError):
        entered(make_member(roles=roles))


def test_a_focal_point_enters_nothing_for_another_country(keeper):
    with pytest.raises(ForbiddenError):
        entered(keeper, code="ES0001", country="ES")


def test_a_code_stands_for_one_commitment(keeper):
    entered(keeper)
    assert refused_field(enter_commitment, keeper, details()) == "code"


def test_a_draft_is_there_for_its_keepers_alone(keeper):
    entered(keeper)
    assert commitment_by_code("ge0001", viewer_of(keeper)).code == "GE0001"
    assert [each.code for each in drafts_kept_by(viewer_of(keeper))] == ["GE0001"]
    neighbour = viewer_of(make_member(focal_country="ES"))
    for stranger in (VISITOR, neighbour):
        with pytest.raises(NotFoundError):
            commitment_by_code("GE0001", stranger)
    assert not drafts_kept_by(neighbour)


def test_who_reads_a_commitment_does_not_keep_it(keeper):
    commitment = published(keeper)
    neighbour = make_member(focal_country="ES")
    with pytest.raises(ForbiddenError):
        kept_commitment("GE0001", viewer_of(neighbour))
    with pytest.raises(ForbiddenError):
        change(neighbour, commitment, title="Other")


def test_publishing_needs_a_source(keeper):
    commitment = entered(keeper, source_url="", retrieved_on=None)
    assert refused_field(publish_commitment, keeper, commitment) == "source_url"
    change(keeper, commitment, source_url="https://example.org", retrieved_on=date(2026, 11, 1))
    did(publish_commitment, keeper, commitment)
    assert commitment.published_at
    assert commitment_by_code("GE0001", VISITOR)


def test_a_published_one_keeps_its_source_its_code_and_its_country(keeper):
    commitment = published(keeper)
    for field, said in (
        ("source_url", {"source_url": "", "retrieved_on": None}),
        ("code", {"code": "GE0002"}),
        ("country", {"country": "ES"}),
    ):
        wanted = replace(details_of(commitment), **said)
        assert (
            refused_field(change_commitment, keeper, commitment, wanted, version=commitment.version) == field
        )


def test_the_code_of_a_draft_can_be_corrected(keeper):
    commitment = entered(keeper)
    entered(keeper, code="GE0002")
    assert change(keeper, commitment, code="GE0003")
    wanted = replace(details_of(commitment), code="GE0002")
    assert refused_field(change_commitment, keeper, commitment, wanted, version=commitment.version) == "code"


def test_who_saves_after_somebody_else_hears_so(keeper):
    commitment = published(keeper)
    version = commitment.version
    change(keeper, commitment, title="First")
    with pytest.raises(StaleVersionError):
        did(change_commitment, keeper, commitment, details(title="Second"), version=version)
    assert commitment.title == "First"


def test_a_change_is_logged_once_it_is_published_and_saying_the_same_is_none(keeper):
    commitment = entered(keeper)
    assert change(keeper, commitment, title="Other")
    did(publish_commitment, keeper, commitment)
    version = commitment.version
    assert not change(keeper, commitment)
    assert commitment.version == version
    assert change(keeper, commitment, policy_areas=("open_data",), parties=())
    assert logged(commitment) == ["enter", "publish", "change"]
    assert [term.code for term in commitment.terms] == ["open_data", "access_to_information"]


def test_a_start_after_a_milestone_is_refused(keeper):
    commitment = entered(keeper, ends_on=None)
    make_milestone(commitment, due_on=date(2016, 12, 31))
    wanted = replace(details_of(commitment), starts_on=date(2017, 1, 1))
    assert (
        refused_field(change_commitment, keeper, commitment, wanted, version=commitment.version)
        == "starts_on"
    )


def test_ending_needs_words_which_everybody_reads(keeper):
    commitment = published(keeper)
    assert refused_field(end_commitment, keeper, commitment, words=" ") == "words"
    did(end_commitment, keeper, commitment, words="The plan is over.")
    assert commitment.status is CommitmentStatus.ENDED
    assert commitment.ended_words == "The plan is over."
    assert commitment_by_code("GE0001", VISITOR)
    did(resume_commitment, keeper, commitment)
    assert (commitment.status, commitment.ended_at) == (CommitmentStatus.ACTIVE, None)
    assert logged(commitment) == ["enter", "publish", "end", "resume"]


def test_the_owner_hears_that_somebody_else_ended_or_resumed_it(keeper):
    owner = make_member()
    commitment = make_commitment(owner=owner, country="GE")
    did(end_commitment, keeper, commitment, words="The plan is over.")
    did(resume_commitment, keeper, commitment)
    assert told(owner) == ["commitment_ended", "commitment_resumed"]


def test_only_a_draft_is_discarded_and_the_log_keeps_that(keeper):
    commitment = entered(keeper)
    make_milestone(commitment, due_on=in_days(10))
    subject = commitment.subject
    did(discard_commitment, keeper, commitment)
    assert session().scalar(select(func.count(Commitment.id))) == 0
    assert (
        session().scalar(
            select(AuditEntry.tag).where(AuditEntry.subject == subject).order_by(AuditEntry.number.desc())
        )
        == "commitment:discard"
    )
    with pytest.raises(ConflictError):
        did(discard_commitment, keeper, published(keeper))


def test_a_plan_is_one_whatever_the_letters_and_keeps_its_years(keeper):
    first, second = (
        entered(keeper),
        entered(keeper, code="GE0002", plan=replace(PLAN, name="third ACTION plan")),
    )
    assert first.plan is second.plan
    other_years = details(code="GE0003", plan=replace(PLAN, cycle_year=2017))
    assert refused_field(enter_commitment, keeper, other_years) == "plan_year"


def test_the_only_commitment_of_a_plan_corrects_its_years(keeper):
    commitment = entered(keeper)
    assert change(keeper, commitment, plan=replace(PLAN, cycle_year=2017))
    assert session().scalars(select(ActionPlan.cycle_year)).all() == [2017]


def test_a_party_is_tied_to_the_verified_organisation_of_its_name(keeper):
    known = make_organisation("Ministry of Justice", country="GE")
    make_organisation("Institute", country="GE", status=OrganisationStatus.UNVERIFIED)
    named = tuple(PartyDetails(PartyRole.LEAD, name) for name in ("MINISTRY of Justice", "Institute"))
    commitment = entered(keeper, parties=named)
    assert [each.organisation_id for each in commitment.parties] == [known.id, None]


def test_events_are_told_in_their_order_and_wrong_ones_go(keeper):
    commitment = published(keeper)
    did(add_event, keeper, commitment, EventDetails(date(2018, 4, 20), "Last update.", Precision.MONTH))
    did(add_event, keeper, commitment, EventDetails(date(2017, 11, 3), "Overdue."))
    assert [(each.happened_on, each.words) for each in commitment.events] == [
        (date(2017, 11, 3), "Overdue."),
        (date(2018, 4, 1), "Last update."),
    ]
    did(remove_event, keeper, commitment, commitment.events[0].public_id)
    assert [each.words for each in commitment.events] == ["Last update."]
    with pytest.raises(NotFoundError):
        did(remove_event, keeper, commitment, "nothing")
    assert logged(commitment) == ["enter", "publish", "change", "change", "change"]


def test_a_timeline_has_an_end(keeper, monkeypatch):
    monkeypatch.setattr("hub.commitments.keeping.timeline.MOST_EVENTS", 1)
    commitment, details = published(keeper), EventDetails(date(2017, 11, 3), "Overdue.")
    did(add_event, keeper, commitment, details)
    with pytest.raises(ConflictError, match="at most 1 event"):
        did(add_event, keeper, commitment, details)


def test_each_imported_row_is_whole_or_not_at_all(keeper):
    published(keeper)
    rows = [
        details(starts_on=date(2016, 5, 1), ends_on=date(2017, 5, 31)),
        details(code="GE0002", plan=PlanDetails("New plan", 2020)),
        details(code="GE0003", plan=PlanDetails("Lost plan", 2020), title=""),
        details(code="ES0001", country="ES"),
        details(code="GE0002"),
        details(code="GE0004", source_url="", retrieved_on=None),
    ]
    outcomes = did(import_commitments, keeper, [Entry(row) for row in rows], publish=True)
    assert [(each.outcome, getattr(each.fault, "field", "")) for each in outcomes] == [
        (Outcome.UNCHANGED, ""),
        (Outcome.ENTERED, ""),
        (Outcome.REFUSED, "title"),
        (Outcome.REFUSED, ""),
        (Outcome.REFUSED, "code"),
        (Outcome.REFUSED, "source_url"),
    ]
    assert logged(commitment_by_code("GE0002", VISITOR)) == ["import", "publish"]
    assert set(session().scalars(select(ActionPlan.name))) == {PLAN.name, "New plan"}


def test_milestones_come_with_their_row_and_none_lies_before_its_start(keeper):
    late, early = (MilestoneDetails("Law", "", date(year, 1, 1)) for year in (2017, 2016))
    rows = [Entry(details(), (late,)), Entry(details(code="GE0002"), (late, early))]
    outcomes = did(import_commitments, keeper, rows, publish=True)
    assert [getattr(each.fault, "field", None) for each in outcomes] == [None, "milestones"]
    stored = session().scalars(select(Milestone)).all()
    assert [(each.number, each.title, each.due_first_on) for each in stored] == [(1, "Law", date(2017, 1, 1))]


def test_an_import_overwrites_nothing(keeper):
    commitment = published(keeper)
    (outcome,) = did(import_commitments, keeper, [Entry(details(title="Other"))], publish=False)
    assert outcome.fault.field == "code"
    assert commitment.title == details().title


def test_members_import_nothing(database):
    with pytest.raises(ForbiddenError):
        did(import_commitments, make_member(), [], publish=False)


@pytest.mark.parametrize(
    ("country", "code", "free"),
    [("GB", "UK0001", True), ("GB", "GE0001", False), ("GE", "UK0001", False), ("GE", "GE0001", True)],
)
def test_focal_points_enter_codes_of_their_country_and_coordinators_others_too(database, country, code, free):
    wanted = details(code=code, country=country)
    if not free:
        assert refused_field(enter_commitment, make_member(focal_country=country), wanted) == "code"
        did(enter_commitment, make_member(roles=[Role.COORDINATOR]), wanted)
    else:
        did(enter_commitment, make_member(focal_country=country), wanted)
