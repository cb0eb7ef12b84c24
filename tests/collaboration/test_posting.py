"""Posting requests: drafts, who may write them, readers and receivers, sending them off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.audit.models import AuditEntry
from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.posting.completeness import missing_parts
from hub.collaboration.posting.details import ByName, Dates, RequestDetails, Requirements
from hub.collaboration.posting.limits import MOST_A_DAY, MOST_DRAFTS
from hub.collaboration.posting.receivers import organisations_called
from hub.collaboration.posting.service import (
    begin_request,
    discard_request,
    save_request,
    send_request,
    submit_request,
)
from hub.collaboration.queries import request_by_id, requirements_of
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
    TooManyError,
)
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, FieldAudience, MemberStatus
from hub.members.profiles.finding import members_called
from hub.notifications.models import Notification
from tests.catalogue.records import GEORGIAN_POLICE as POLICE_RECORD, make_scene, published
from tests.collaboration.requests import (
    EVERYBODY,
    GEORGIAN_POLICE,
    drafted_request,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.factories import make_member, make_organisation, make_profile

BEGINNING = RequestDetails(type="expertise", language="en-GB", title="Somebody who knows OCDS")


@pytest.fixture
def poster(database):
    return make_member(country="GE")


def begun(poster, details=BEGINNING):
    with transaction():
        return begin_request(poster, details, time_zone="Asia/Tbilisi")


def save(actor, request, *, version=None, **said):
    with transaction():
        details = RequestDetails(**said)
        save_request(actor, request, details, version=request.version if version is None else version)


def submit(actor, request):
    with transaction():
        submit_request(actor, request, version=request.version)


def send(actor, request):
    with transaction():
        send_request(actor, request, version=request.version)


def told(kind):
    found = select(Notification.member_id).where(Notification.kind == kind)
    return set(session().scalars(found))


def somebody_listed(**columns):
    member = make_member(**columns)
    make_profile(member, FieldAudience.MEMBERS)
    return member


def test_a_draft_is_begun_and_nobody_else_sees_it(poster):
    request = begun(poster)
    assert (request.status, request.country, request.time_zone) == (RequestStatus.DRAFT, "GE", "Asia/Tbilisi")
    assert request.labels == frozenset()
    assert request_by_id(request.public_id, viewer_of(poster)) is request
    with pytest.raises(NotFoundError):
        request_by_id(request.public_id, viewer_of(make_coordinator()))


def test_only_approved_members_begin(database):
    with pytest.raises(ForbiddenError):
        begun(make_member(status=MemberStatus.CONFIRMED))


def test_a_beginning_needs_a_title_and_a_known_type(poster):
    for details in (
        RequestDetails(type="expertise", language="en"),
        RequestDetails(type="expertise", language="en", title="…"),
        RequestDetails(type="expertise", language="en", title="Two\nlines"),
        RequestDetails(type="nothing", language="en", title="A title"),
        RequestDetails(type="expertise", language="zz-none", title="A title"),
    ):
        with pytest.raises(InvalidError):
            begun(poster, details)


def test_drafts_are_limited(poster):
    for _ in range(MOST_DRAFTS):
        drafted_request(poster)
    with pytest.raises(ConflictError):
        begun(poster)


def test_everything_said_is_stored(poster):
    request = begun(poster)
    due = now() + timedelta(days=20)
    save(
        poster,
        request,
        summary="Two lines.",
        background="Long.",
        outcome_wanted="A list.",
        brings="Data.",
        functions=("investigate", "detect"),
        countries=("GE", "ID"),
        languages=("en", "ka"),
        member_types=("data_scientist",),
        requirements=Requirements(("First", "Second"), ("Third",)),
        readers=EVERYBODY,
        dates=Dates("Asia/Tbilisi", due),
    )
    assert request.codes("functions") == ("investigate", "detect")
    assert [(each.words, each.is_essential) for each in requirements_of(request).requirements] == [
        ("First", True),
        ("Second", True),
        ("Third", False),
    ]
    assert request.due_at == due
    assert request.expires_at == due + timedelta(days=30)
    assert request.version == 2
    assert missing_parts(request) == []
    save(poster, request, functions=("detect",), requirements=Requirements(("Second",)))
    assert request.codes("functions") == ("detect",)
    assert [each.words for each in requirements_of(request).requirements] == ["Second"]


def test_what_can_never_be_true_is_refused(poster):
    request = begun(poster)
    past, far = now() - timedelta(days=1), now() + timedelta(days=500)
    for said, field in (
        ({"summary": "x" * 301}, "summary"),
        ({"background": "a\x00b"}, "background"),
        ({"functions": ("fly",)}, "functions"),
        ({"countries": ("GE", "GE")}, "countries"),
        ({"requirements": Requirements(())}, "essential"),
        ({"requirements": Requirements(tuple(f"No. {each}" for each in range(16)))}, "essential"),
        ({"readers": Readership(Audience.LAW_ENFORCEMENT, Tlp.GREEN)}, "tlp"),
        ({"readers": Readership(Audience.PEOPLE, Tlp.RED, people=frozenset({poster.id}))}, "tlp"),
        ({"readers": ByName(Tlp.AMBER)}, "receivers"),
        ({"dates": Dates("Asia/Tbilisi", past)}, "due_on"),
        ({"dates": Dates("Asia/Tbilisi", far)}, "due_on"),
        ({"dates": Dates("Asia/Nowhere", now() + timedelta(days=9))}, "time_zone"),
    ):
        with pytest.raises(InvalidError) as caught:
            save(poster, request, **said)
        assert caught.value.field == field, said


def test_others_cannot_write_and_a_stale_save_is_refused(poster):
    request = begun(poster)
    with pytest.raises(NotFoundError):
        save(make_member(), request, summary="Mine now")
    save(poster, request, summary="First")
    with pytest.raises(StaleVersionError):
        save(poster, request, version=1, summary="Second")


def test_what_was_sent_is_no_longer_changed(poster):
    for request in (submitted_request(poster), opened_request(poster)):
        with pytest.raises(ConflictError):
            save(poster, request, summary="Other words")


def test_after_changes_were_asked_for_it_can_be_changed_and_submitted_again(poster):
    request = drafted_request(poster, status=RequestStatus.CHANGES_REQUESTED)
    save(poster, request, summary="Clearer")
    with pytest.raises(InvalidError):
        save(poster, request, readers=ByName(Tlp.AMBER, frozenset({somebody_listed().id})))
    submit(poster, request)
    assert request.status is RequestStatus.SUBMITTED


def test_it_is_posted_for_an_organisation_that_one_represents(poster):
    organisation, other = make_organisation(country="ID"), make_organisation()
    poster = make_member(country="GE", represents=[organisation])
    colleague = make_member(represents=[organisation, other])
    request = begun(poster)
    save(poster, request, organisation_id=organisation.id)
    assert request.country == "ID"
    save(colleague, request, summary="A colleague writes too")
    for actor, number in ((poster, other.id), (colleague, other.id), (colleague, None)):
        with pytest.raises(InvalidError):
            save(actor, request, organisation_id=number)
    save(poster, request, organisation_id=None)
    assert request.country == "GE"
    with pytest.raises(NotFoundError):
        save(colleague, request, summary="No longer mine")


def test_it_is_about_an_innovation_that_one_may_see(poster):
    scene = make_scene()
    shown = published(scene).innovation
    hidden = published(scene, name="For police", readership=POLICE_RECORD).innovation
    request = begun(poster)
    save(poster, request, innovation_id=shown.id)
    with pytest.raises(InvalidError):
        save(poster, request, innovation_id=hidden.id)
    assert request.innovation_id == shown.id


def test_an_open_call_goes_to_coordinators_free_of_conflict(poster):
    organisation = make_organisation()
    poster = make_member(represents=[organisation])
    free, own = make_coordinator(), make_coordinator()
    session().commit()
    request = drafted_request(poster, organisation_id=organisation.id, readership=GEORGIAN_POLICE)
    conflicted = make_member(roles=["coordinator"], belongs_to=[organisation])
    submit(poster, request)
    assert request.status is RequestStatus.SUBMITTED
    assert told("request_submitted") == {free.id, own.id}
    assert conflicted.id not in told("request_submitted")
    assert session().scalars(select(AuditEntry.tag)).all()[-1] == "request:submit"


def test_an_incomplete_request_is_not_sent(poster):
    request = begun(poster)
    assert missing_parts(request) == [
        "summary",
        "background",
        "outcome_wanted",
        "requirements",
        "functions",
        "readers",
        "due_on",
    ]
    with pytest.raises(InvalidError):
        submit(poster, request)


def test_a_due_date_that_passed_in_the_drawer_is_missing(poster):
    request = drafted_request(poster, due_at=now() - timedelta(minutes=1), expires_at=now())
    assert missing_parts(request) == ["due_on"]
    with pytest.raises(InvalidError):
        submit(poster, request)


def test_a_request_by_name_is_read_by_its_receivers_alone_and_sent_at_once(poster):
    friend, organisation = somebody_listed(), make_organisation()
    speaker, mere = make_member(represents=[organisation]), make_member(belongs_to=[organisation])
    request = drafted_request(poster)
    readers = ByName(Tlp.AMBER_STRICT, frozenset({friend.id}), frozenset({organisation.id}))
    save(poster, request, readers=readers)
    send(poster, request)
    assert (request.status, request.tlp) == (RequestStatus.OPEN, Tlp.AMBER_STRICT)
    assert request.opened_at is not None
    assert requirements_of(request).in_force_at == request.opened_at
    assert told("request_received") == {friend.id, speaker.id}
    for reader in (poster, friend, speaker, mere):
        assert request_by_id(request.public_id, viewer_of(reader)) is request
    for other in (make_member(), make_coordinator()):
        with pytest.raises(NotFoundError):
            request_by_id(request.public_id, viewer_of(other))


def test_receivers_change_and_those_kept_stay_the_same(poster):
    first, second = somebody_listed(), somebody_listed()
    request = begun(poster)
    save(poster, request, readers=ByName(Tlp.RED, frozenset({first.id})))
    kept = request.receivers[0].public_id
    save(poster, request, readers=ByName(Tlp.AMBER, frozenset({first.id, second.id})))
    assert kept in {each.public_id for each in request.receivers}
    save(poster, request, readers=EVERYBODY)
    assert (request.is_open_call, request.receivers, request.labels) == (True, [], {"public"})


def test_who_cannot_be_a_receiver(poster):
    organisation = make_organisation()
    poster = make_member(represents=[organisation])
    colleague = make_member(represents=[organisation])
    make_profile(colleague, FieldAudience.MEMBERS)
    hidden, blocker, silent = make_member(), somebody_listed(), make_member()
    make_profile(silent, FieldAudience.MEMBERS, is_contactable=False)
    session().add(Block(member_id=blocker.id, blocked_id=poster.id, blocked_at=now()))
    session().commit()
    request = begun(poster)
    save(poster, request, organisation_id=organisation.id)
    for readers in (
        ByName(Tlp.AMBER, frozenset({poster.id})),
        ByName(Tlp.AMBER, frozenset({colleague.id})),
        ByName(Tlp.AMBER, frozenset({hidden.id})),
        ByName(Tlp.AMBER, frozenset({blocker.id})),
        ByName(Tlp.AMBER, frozenset({silent.id})),
        ByName(Tlp.AMBER, organisation_ids=frozenset({organisation.id})),
        ByName(Tlp.AMBER, organisation_ids=frozenset({make_organisation().id})),
        ByName(Tlp.RED, organisation_ids=frozenset({organisation.id})),
        ByName(Tlp.GREEN, frozenset({somebody_listed().id})),
        ByName(Tlp.AMBER, frozenset({999_999})),
    ):
        with pytest.raises(InvalidError):
            save(poster, request, readers=readers)


def test_a_block_and_no_messages_are_told_in_the_same_words(poster):
    blocker, silent = somebody_listed(), make_member()
    make_profile(silent, FieldAudience.MEMBERS, is_contactable=False)
    session().add(Block(member_id=blocker.id, blocked_id=poster.id, blocked_at=now()))
    session().commit()
    request, messages = begun(poster), set()
    for member in (blocker, silent):
        with pytest.raises(InvalidError) as caught:
            save(poster, request, readers=ByName(Tlp.AMBER, frozenset({member.id})))
        messages.add(caught.value.message)
    assert len(messages) == 1


def test_receivers_are_found_by_any_part_of_their_name_however_it_is_capitalised(poster):
    found = somebody_listed(display_name="Нино Читатель")
    somebody_listed(display_name="Somebody else")
    make_member(display_name="Нино Hidden")
    organisation = make_organisation("Reading 100 % room", short_name="RR")
    viewer = viewer_of(poster)
    for words in ("нино", "ЧИТ", "Читатель"):
        assert members_called(viewer, words) == [found]
    for words in ("reading", "100 %", "rr"):
        assert organisations_called(viewer, words) == [organisation]
    assert organisations_called(viewer, "%oom") == []


def test_each_way_has_its_own_button(poster):
    call, named = drafted_request(poster), drafted_request(poster, receivers=[somebody_listed()])
    with pytest.raises(ConflictError):
        send(poster, call)
    with pytest.raises(ConflictError):
        submit(poster, named)


def test_five_requests_a_day(poster):
    for _ in range(MOST_A_DAY):
        submit(poster, drafted_request(poster))
    sixth = drafted_request(poster)
    with pytest.raises(TooManyError):
        submit(poster, sixth)
    session().rollback()
    assert session().get(CollaborationRequest, sixth.id).status is RequestStatus.DRAFT


def test_a_draft_is_discarded_and_what_was_sent_is_not(poster):
    request = drafted_request(poster)
    with pytest.raises(NotFoundError), transaction():
        discard_request(make_member(), request)
    with transaction():
        discard_request(poster, request)
    assert session().scalars(select(CollaborationRequest)).all() == []
    with pytest.raises(ConflictError), transaction():
        discard_request(poster, submitted_request(poster))
