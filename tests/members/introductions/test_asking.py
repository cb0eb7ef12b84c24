"""Asking and answering: who is reached, what is refused and how, what both then know, and hostile words."""

from datetime import timedelta

import pytest

from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.introductions.hindrances import NOT_NOW, YOU_BLOCKED, Hindrance, hindered
from hub.members.introductions.queries import (
    Box,
    asked_lately,
    introduction_by_id,
    introductions_of,
    shown,
    usual_contact,
    waiting_for,
)
from hub.members.introductions.service import take_back_and_block
from hub.members.messages.queries import acquaintance_of
from hub.members.messages.service import TAKES_NONE, refusal
from hub.members.models import FieldAudience, IntroductionState, IntroductionStatus, MemberStatus, Profile
from hub.members.models.introductions import CONTACT_LENGTH, NOTE_LENGTH
from tests.factories import make_member, make_profile
from tests.members.introductions.people import (
    DANAS,
    NINOS,
    NOTE,
    accept,
    age,
    ask,
    block,
    change,
    decline,
    decline_with_block,
    expired,
    pair,
    withdraw,
)

pytestmark = pytest.mark.db


def seen_by(member, introduction):
    return shown(viewer_of(member), introduction)


def profile_of(member):
    return session().get(Profile, member.id)


def test_contacts_are_shared_once_both_agree_and_with_nobody_else(nino, dana):
    introduction = ask(nino, dana)
    assert seen_by(nino, introduction).own_contact == NINOS
    assert (seen_by(dana, introduction).note, seen_by(dana, introduction).their_contact) == (NOTE, "")
    assert seen_by(nino, introduction).their_contact == ""
    accept(dana, introduction)
    assert seen_by(nino, introduction).their_contact == DANAS
    assert seen_by(dana, introduction).their_contact == NINOS
    with pytest.raises(NotFoundError):
        introduction_by_id(introduction.public_id, viewer_of(make_member()))


def test_what_waits_comes_first_and_is_counted(nino, dana):
    other = make_member(display_name="Ines")
    make_profile(other)
    first, second = ask(nino, dana), ask(other, dana)
    decline(dana, second)
    received = introductions_of(viewer_of(dana), Box.RECEIVED, PageRequest()).items
    assert [each.public_id for each in received] == [first.public_id, second.public_id]
    assert [each.state for each in received] == [IntroductionState.WAITS, IntroductionState.DECLINED]
    assert waiting_for(viewer_of(dana)) == 1
    assert waiting_for(viewer_of(nino)) == 0


def test_what_was_taken_back_is_gone_for_the_other(nino, dana):
    introduction = ask(nino, dana)
    withdraw(nino, introduction)
    with pytest.raises(NotFoundError):
        introduction_by_id(introduction.public_id, viewer_of(dana))
    assert seen_by(nino, introduction).state is IntroductionState.WITHDRAWN
    # and still they can have nothing more come from who wrote it
    change(profile_of(nino), audience=FieldAudience.NOBODY)
    assert acquaintance_of(viewer_of(dana), nino).is_known
    block(dana, nino)


def test_who_is_not_shown_oneself_and_visitors_are_not_asked(nino, dana):
    change(profile_of(dana), audience=FieldAudience.NOBODY)
    for asker, asked in ((nino, dana), (nino, nino), (make_member(status=MemberStatus.SUSPENDED), nino)):
        with pytest.raises(NotFoundError):
            ask(asker, asked)


@pytest.mark.db(own=[])
@pytest.mark.parametrize(
    ("own", "theirs", "is_enough"),
    [
        (FieldAudience.NOBODY, FieldAudience.PUBLIC, False),
        (FieldAudience.LAW_ENFORCEMENT, FieldAudience.PUBLIC, False),
        (FieldAudience.LAW_ENFORCEMENT, FieldAudience.MEMBERS, False),
        (FieldAudience.LAW_ENFORCEMENT, FieldAudience.LAW_ENFORCEMENT, True),
        (FieldAudience.MEMBERS, FieldAudience.LAW_ENFORCEMENT, True),
        (FieldAudience.MEMBERS, FieldAudience.PUBLIC, True),
        (FieldAudience.PUBLIC, FieldAudience.MEMBERS, True),
    ],
)
def test_who_asks_shows_themselves_as_widely_as_the_other_up_to_all_members(database, own, theirs, is_enough):
    officer = make_member(law_enforcement="GE")
    make_profile(officer, own)
    # that one who is asked is verified is not found out: it makes no difference
    for asked in (make_member(), make_member(law_enforcement="FR")):
        make_profile(asked, theirs)
        found = hindered(viewer_of(officer), asked)
        assert (found and found.kind) == (None if is_enough else Hindrance.NARROW)


def test_without_a_profile_nobody_is_asked(dana):
    assert hindered(viewer_of(make_member()), dana).kind is Hindrance.NARROW


def test_who_takes_no_messages_and_who_blocked_refuse_alike(nino, dana):
    other = make_member()
    make_profile(other)
    change(profile_of(dana), is_contactable=False)
    block(other, nino)
    for asked in (dana, other):
        found = hindered(viewer_of(nino), asked)
        assert (found.kind, found.words) == (Hindrance.REFUSED, TAKES_NONE)
        assert found.words == refusal(viewer_of(nino), asked)
        # a form that was opened before is taken, and reaches nobody
        introduction = ask(nino, asked)
        assert not introduction.is_delivered
        assert waiting_for(viewer_of(asked)) == 0
        assert introductions_of(viewer_of(asked), Box.RECEIVED, PageRequest()).total == 0
        change(profile_of(nino), audience=FieldAudience.NOBODY)
        assert not acquaintance_of(viewer_of(asked), nino).is_known
        change(profile_of(nino), audience=FieldAudience.MEMBERS)


def test_who_blocked_somebody_neither_asks_nor_accepts_them(nino, dana):
    block(nino, dana)
    with pytest.raises(ConflictError, match="You blocked this member"):
        ask(nino, dana)
    introduction = ask(make_shown(), nino)
    block(nino, introduction.asked_by)
    with pytest.raises(ConflictError) as refused:
        accept(nino, introduction)
    assert refused.value.message == YOU_BLOCKED


def make_shown():
    member = make_member()
    make_profile(member)
    return member


def test_one_is_enough_in_either_direction(nino, dana):
    introduction = ask(nino, dana)
    found = hindered(viewer_of(dana), nino)
    assert (found.kind, found.introduction.id) == (Hindrance.ASKED_YOU, introduction.id)
    with pytest.raises(ConflictError):
        ask(dana, nino)
    accept(dana, introduction)
    for one, other in ((nino, dana), (dana, nino)):
        assert hindered(viewer_of(one), other).kind is Hindrance.INTRODUCED
        assert asked_lately(viewer_of(one)) == {other.public_id}


def test_who_declined_can_ask_themselves(nino, dana):
    decline(dana, ask(nino, dana))
    assert hindered(viewer_of(dana), nino) is None
    assert asked_lately(viewer_of(dana)) == frozenset()
    ask(dana, nino)


def test_what_the_clock_has_not_ended_yet_stands_not_in_the_way_of_asking_anew(nino, dana):
    old = ask(nino, dana)
    age(old, timedelta(days=91))
    ask(nino, dana)
    session().refresh(old)
    assert (old.status, old.ended_at) == (IntroductionStatus.EXPIRED, old.expires_at)


@pytest.mark.parametrize("state", [MemberStatus.SUSPENDED, MemberStatus.LAPSED])
def test_who_rests_or_blocked_is_not_met_and_the_words_do_not_say_which(nino, dana, state):
    introduction = ask(nino, dana)
    change(nino, status=state)
    assert seen_by(dana, introduction).name == ""
    with pytest.raises(ConflictError) as resting:
        accept(dana, introduction)
    change(nino, status=MemberStatus.APPROVED)
    block(nino, dana)
    with pytest.raises(ConflictError) as blocked:
        accept(dana, introduction)
    assert resting.value.message == blocked.value.message == NOT_NOW
    decline(dana, introduction)


def test_taken_back_it_is_gone_also_for_who_declined(nino, dana):
    introduction = ask(nino, dana)
    decline(dana, introduction)
    withdraw(nino, introduction)
    assert introductions_of(viewer_of(dana), Box.RECEIVED, PageRequest()).items == []
    with pytest.raises(NotFoundError):
        introduction_by_id(introduction.public_id, viewer_of(dana))


def test_blocking_takes_back_what_one_asked_and_tells_neither_side_more(nino, dana):
    """Left to wait it could not be accepted, which would tell Dana; a declined one that stays would tell Nino."""
    other = pair("declined")[1]
    waiting, declined = ask(nino, dana), ask(nino, other)
    decline(other, declined)
    with transaction():
        assert take_back_and_block(viewer_of(nino), dana) == [waiting]
        assert take_back_and_block(viewer_of(nino), other) == [declined]
    assert introductions_of(viewer_of(dana), Box.RECEIVED, PageRequest()).items == []
    for each in (waiting, declined):
        assert seen_by(nino, each).state is IntroductionState.WITHDRAWN
    with transaction():
        assert take_back_and_block(viewer_of(nino), dana) == []


def test_who_was_asked_and_rests_answers_nothing_and_who_asked_reads_on_that_it_waits(nino, dana):
    introduction = ask(nino, dana)
    change(dana, status=MemberStatus.SUSPENDED)
    with pytest.raises(NotFoundError):
        accept(dana, introduction)
    assert seen_by(nino, introduction).state is IntroductionState.WAITS
    withdraw(nino, introduction)


@pytest.mark.parametrize("audience", [FieldAudience.NOBODY, FieldAudience.LAW_ENFORCEMENT])
def test_who_narrowed_their_page_after_asking_is_not_named_and_can_still_be_answered(nino, dana, audience):
    introduction = ask(nino, dana)
    change(profile_of(nino), audience=audience)
    found = seen_by(dana, introduction)
    assert (found.name, found.person, found.note) == ("", "", NOTE)
    accept(dana, introduction)
    assert (seen_by(dana, introduction).name, seen_by(dana, introduction).their_contact) == ("", NINOS)


def test_declining_and_blocking_is_one_act_and_blocking_later_is_possible(nino, dana):
    introduction = ask(nino, dana)
    decline_with_block(dana, introduction)
    assert seen_by(dana, introduction).state is IntroductionState.DECLINED
    assert acquaintance_of(viewer_of(dana), nino).is_blocked
    other = make_shown()
    again = ask(other, dana)
    expired(again)
    decline_with_block(dana, again)
    assert seen_by(dana, again).state is IntroductionState.UNANSWERED
    assert acquaintance_of(viewer_of(dana), other).is_blocked


def test_the_usual_contact_is_what_the_profile_gives_or_else_the_address(nino):
    assert usual_contact(nino) == nino.email
    change(profile_of(nino), contact_phone="+995 1")
    assert usual_contact(nino) == "+995 1"
    change(profile_of(nino), contact_email="nino@work.example")
    assert usual_contact(nino) == "nino@work.example"


HOSTILE_LINES = [
    "nino@test.example\r\nBcc: all@test.example",
    "two\nlines",
    "tab\tbed",
    "nul\x00",
    "bell\x07",
    "\u202egnp.exe",
    "\u2066isolated",
    "zero\u200bwidth",
    "half \ud800",
    "x" * (CONTACT_LENGTH + 1),
    "",
    " \n ",
]


@pytest.mark.db(contact=[])
@pytest.mark.parametrize("contact", HOSTILE_LINES, ids=range(len(HOSTILE_LINES)))
def test_a_contact_is_one_plain_line(nino, dana, contact):
    with pytest.raises(InvalidError) as refused:
        ask(nino, dana, contact=contact)
    assert refused.value.field == "contact"
    introduction = ask(nino, dana)
    with pytest.raises(InvalidError) as refused:
        accept(dana, introduction, contact=contact)
    assert refused.value.field == "contact"
    assert seen_by(dana, introduction).state is IntroductionState.WAITS


HOSTILE_NOTES = [
    "",
    " \n ",
    "nul\x00",
    "\x1b[31m",
    "\u202egnp.exe",
    "\u2067x",
    "\udfff",
    "x" * (NOTE_LENGTH + 1),
]


@pytest.mark.db(note=[])
@pytest.mark.parametrize("note", HOSTILE_NOTES, ids=range(len(HOSTILE_NOTES)))
def test_a_note_is_plain_text_of_some_length(nino, dana, note):
    with pytest.raises(InvalidError) as refused:
        ask(nino, dana, note=note)
    assert refused.value.field == "note"


@pytest.mark.db(about=[])
@pytest.mark.parametrize(
    "about", ["member:x", "request", "request:", "x" * 121, "innovation:" + "i" * 23, "request:ü"]
)
def test_what_it_is_about_has_the_form_of_an_innovation_or_request(nino, dana, about):
    with pytest.raises(InvalidError):
        ask(nino, dana, about=about)


@pytest.mark.db(number=[])
@pytest.mark.parametrize("number", [1, CONTACT_LENGTH])
def test_lengths_are_taken_up_to_their_limit(nino, dana, number):
    assert ask(nino, dana, contact="x" * number, note="y" * NOTE_LENGTH).contact_of_asker == "x" * number


@pytest.mark.parametrize(("act", "is_asker"), [(withdraw, True), (decline, False), (accept, False)])
def test_what_a_page_loaded_with_its_people_can_be_acted_on(nino, dana, act, is_asker):
    who = nino if is_asker else dana
    public_id = ask(nino, dana).public_id
    session().expire_all()
    act(who, introduction_by_id(public_id, viewer_of(who)))
    assert introduction_by_id(public_id, viewer_of(nino)).status is not IntroductionStatus.ASKED
