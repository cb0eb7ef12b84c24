"""Reports of abuse: who may report whom, what the coordinators are told, and what becomes of it."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict
from hub.integrity.viewers import viewer_of
from hub.members.messages.service import block_member, send_message
from hub.members.models import AbuseStatus, FieldAudience, MemberStatus
from hub.members.service import subject_of
from hub.notifications.models import Notification
from hub.vetting.abuse.queries import abuse_desk, other_reports_about, report_by_id, reports_by
from hub.vetting.abuse.service import dismiss_report, report_abuse, uphold_report
from hub.vetting.desk import count_waiting
from hub.vetting.escalation import undecidable
from hub.vetting.permissions import abuse_conflict
from tests.factories import make_member, make_organisation, make_profile
from tests.vetting.conftest import logged

pytestmark = pytest.mark.db


@pytest.fixture
def nino(database):
    return make_member(display_name="Nino")


@pytest.fixture
def dana(database):
    member = make_member(display_name="Dana")
    make_profile(member)
    return member


def report(reporter, about, *, kind="threat", words="They do not stop.", message=None):
    with transaction():
        return report_abuse(reporter, about, kind=kind, words=words, message=message)


def write(sender, receiver):
    with transaction():
        return send_message(viewer_of(sender), receiver, subject="Offer", words="Buy this.")


def told(kind):
    return set(session().scalars(select(Notification.member_id).where(Notification.kind == kind)))


def test_a_report_waits_and_the_free_coordinators_are_told(nino):
    bureau = make_organisation()
    free = make_member(roles=[Role.COORDINATOR])
    make_member(roles=[Role.COORDINATOR], belongs_to=[bureau])
    colleague = make_member(belongs_to=[bureau])
    make_profile(colleague)
    made = report(nino, colleague)
    assert made.status is AbuseStatus.SUBMITTED
    assert told("abuse_reported") == {free.id}
    assert logged("member:report_abuse") == 1
    assert count_waiting().abuse == 1


def test_one_does_not_report_whom_one_does_not_know_of(nino, dana):
    hidden = make_member()
    make_profile(hidden, FieldAudience.NOBODY)
    for about in (hidden, nino, make_member()):
        with pytest.raises(NotFoundError):
            report(nino, about)


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.LAPSED, MemberStatus.APPLIED])
def test_who_is_no_member_reports_nobody(dana, status):
    with pytest.raises(NotFoundError):
        report(make_member(status=status), dana)


def test_a_message_is_shown_only_where_it_came_from_them(nino, dana):
    make_profile(nino)
    other = make_member()
    make_profile(other)
    theirs, own, from_other = write(dana, nino), write(nino, dana), write(other, nino)
    for wrong in (own, from_other):
        with pytest.raises(NotFoundError):
            report(nino, dana, message=wrong)
    assert report(nino, dana, message=theirs).message_id == theirs.id


def test_the_same_is_reported_once_while_it_waits(nino, dana):
    make_profile(nino)
    message = write(dana, nino)
    report(nino, dana)
    report(nino, dana, message=message)
    for same in (None, message):
        with pytest.raises(ConflictError):
            report(nino, dana, message=same)
    with transaction():
        dismiss_report(make_member(roles=[Role.COORDINATOR]), reports_by(viewer_of(nino))[1], "No.")
    assert report(nino, dana).status is AbuseStatus.SUBMITTED


def test_whom_one_blocked_one_can_still_report(nino, dana):
    with transaction():
        block_member(viewer_of(nino), dana)
    assert report(nino, dana).about_id == dana.id


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "bad hair"}, "kind"),
        ({"words": " "}, "words"),
        ({"words": "a" * 2_001}, "words"),
        ({"words": "\u202eturned"}, "words"),
    ],
)
def test_what_cannot_be_reported_names_its_field(nino, dana, said, field):
    with pytest.raises(InvalidError) as refused:
        report(nino, dana, **said)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("decide", "status", "event"),
    [
        (uphold_report, AbuseStatus.UPHELD, "member:uphold_abuse"),
        (dismiss_report, AbuseStatus.DISMISSED, "member:dismiss_abuse"),
    ],
)
def test_a_decision_tells_who_reported_and_changes_nothing_else(nino, dana, decide, status, event):
    coordinator = make_member(roles=[Role.COORDINATOR])
    made = report(nino, dana)
    with transaction():
        decide(coordinator, made, "I read it.")
    assert (made.status, made.answer, made.decided_by_id) == (status, "I read it.", coordinator.id)
    assert told("abuse_decided") == {nino.id}
    assert logged(event) == 1
    assert dana.status is MemberStatus.APPROVED
    assert other_reports_about(report(make_member(), dana)) == {status: 1}


def test_a_decision_needs_words(nino, dana):
    made = report(nino, dana)
    with pytest.raises(InvalidError) as refused, transaction():
        uphold_report(make_member(roles=[Role.COORDINATOR]), made, " ")
    assert refused.value.field == "words"


@pytest.mark.parametrize("side", ["reported_by", "about"])
def test_who_recused_themselves_from_either_side_does_not_decide(nino, dana, side):
    coordinator = make_member(roles=[Role.COORDINATOR])
    made = report(nino, dana)
    recusal = Recusal(
        member_id=coordinator.id,
        subject=subject_of(getattr(made, side)),
        conflict=Conflict.DECLARED,
        recorded_at=now(),
    )
    session().add(recusal)
    session().commit()
    assert abuse_conflict(viewer_of(coordinator), made) is Conflict.DECLARED


def test_where_nobody_is_free_the_integrity_officers_learn_of_it(nino, dana):
    coordinator = make_member(roles=[Role.COORDINATOR])
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    make_profile(coordinator)
    report(nino, coordinator)
    (line,) = abuse_desk(viewer_of(coordinator))
    assert line.conflict is Conflict.OWN_SUBMISSION
    assert line.is_escalated
    (matter,) = undecidable(viewer_of(officer), Bench())
    assert (matter.kind, matter.title, matter.free) == ("abuse", None, 0)


def test_the_desk_is_for_coordinators(nino, dana):
    made = report(nino, dana)
    assert abuse_desk(viewer_of(nino)) == []
    with pytest.raises(NotFoundError):
        report_by_id(made.public_id, viewer_of(nino))
