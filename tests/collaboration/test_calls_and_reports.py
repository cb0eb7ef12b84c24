"""Calling a coordinator into a conversation, reporting a message, and what goes with whoever leaves the hub."""

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.collaboration.conversations.calling import call_coordinator, withdraw_call
from hub.collaboration.conversations.forgetting import forget_words_of
from hub.collaboration.conversations.reporting import report_message
from hub.collaboration.conversations.service import leave_conversation
from hub.collaboration.models import CallStatus, MessageFile
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.uploads import AcceptedFile, StoredFile
from hub.members.models import AbuseReport, MemberStatus
from tests.collaboration.talks import begun, called, helper, told, wrote
from tests.factories import make_member


def call(scene, who="responder", words="Who decides what we may publish?"):
    """Have somebody of the scene call a coordinator."""
    with transaction():
        return call_coordinator(getattr(scene, who), scene.conversation, words=words)


@pytest.mark.db
def test_coordinators_free_of_conflict_are_told_of_a_call(database):
    scene, free = begun(), helper()
    tied = make_member(roles=["coordinator"], belongs_to=[scene.request.organisation])
    made = call(scene)
    assert made.status is CallStatus.ASKED
    assert free.id in told("coordinator_called")
    assert tied.id not in told("coordinator_called")
    assert "conversation:call" in set(session().scalars(select(AuditEntry.tag)))


def test_one_call_waits_at_a_time(database):
    scene = begun()
    call(scene)
    with pytest.raises(ConflictError):
        call(scene, "poster")


def test_only_who_is_in_the_conversation_can_call(database):
    scene = begun()
    for who in ("rival", "stranger"):
        with pytest.raises(NotFoundError):
            call(scene, who)
    with transaction():
        leave_conversation(scene.responder, scene.conversation)
    with pytest.raises(NotFoundError):
        call(scene)


def test_a_call_says_something(database):
    with pytest.raises(InvalidError):
        call(begun(), words=" ")


def test_a_call_is_taken_back_by_who_made_it_alone(database):
    scene = begun()
    made = call(scene)
    with pytest.raises(NotFoundError), transaction():
        withdraw_call(scene.poster, made)
    with transaction():
        withdraw_call(scene.responder, made)
    assert made.status is CallStatus.WITHDRAWN
    with pytest.raises(ConflictError), transaction():
        withdraw_call(scene.responder, made)
    call(scene, "poster")


def test_a_report_holds_the_words_under_their_label(database):
    scene = begun()
    file = AcceptedFile("n" * 43, "list.csv", "text/csv", 4, "0" * 64)
    message = wrote(scene, "poster", "Do it, or else.", files=[file])
    with transaction():
        report = report_message(scene.responder, message, kind="threat", words="A threat.")
    assert report.about_id == scene.poster.id
    assert report.quoted == "TLP:CLEAR\n\nDo it, or else.\n\nlist.csv"
    assert report.quoted_from == message.subject
    with pytest.raises(ConflictError), transaction():
        report_message(scene.responder, message, kind="threat", words="Again.")
    other = wrote(scene, "poster", "Well?")
    with transaction():
        report_message(scene.responder, other, kind="threat", words="And this.")
    assert len(session().scalars(select(AbuseReport)).all()) == 2


def test_nobody_reports_what_they_wrote_or_do_not_read(database):
    scene = begun()
    message = wrote(scene, "poster")
    for who in (scene.poster, scene.rival, scene.stranger):
        with pytest.raises(NotFoundError), transaction():
            report_message(who, message, kind="threat", words="Well.")
    left = message.author
    left.status, left.email, left.password_hash = MemberStatus.ERASED, None, None
    session().commit()
    with pytest.raises(NotFoundError), transaction():
        report_message(scene.responder, message, kind="threat", words="Well.")


def test_a_coordinator_who_helps_can_report_too(database):
    scene, coordinator = begun(), helper()
    called(scene, taken_by=coordinator)
    message = wrote(scene, "responder", "Pay me.")
    with transaction():
        assert report_message(coordinator, message, kind="threat", words="Asks for money.")


def test_words_and_files_go_with_who_leaves_the_hub(database):
    scene = begun()
    file = AcceptedFile("n" * 43, "plan.txt", "text/plain", 4, "0" * 64)
    own = wrote(scene, "poster", files=[file])
    others = wrote(scene, "responder", "Yes.")
    with transaction():
        assert forget_words_of(scene.poster) == 2
    assert own.words == ""
    assert others.words == "Yes."
    assert not session().scalars(select(MessageFile)).all()
    assert not session().scalars(select(StoredFile)).all()
    with transaction():
        assert forget_words_of(scene.poster) == 0
