"""The weekly look for what is new: who is told of what, once, whoever is killed and whatever changed meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.audience import Tlp, person_label
from hub.config import Settings
from hub.core.database import session, transaction
from hub.core.errors import UnavailableError
from hub.core.pagination import Page
from hub.jobs import suggesting as job
from hub.jobs.suggesting import tell_what_fits
from hub.matching import digest
from hub.matching.digest import due_members, week_of
from hub.matching.dismissing import dismiss
from hub.matching.forgetting import TOLD_KEPT, forget_suggested, forget_told
from hub.matching.models import Dismissal, SuggestionRound, SuggestionTold
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.service import choose_frequency, unsubscribe
from tests.catalogue.records import POLICE, make_scene
from tests.collaboration.requests import opened_request
from tests.factories import make_member, make_profile
from tests.mail.samples import parts_of
from tests.matching.digests import AFTER_SIX, Found, mailed, reader, records, told
from tests.matching.scenes import officer, tracing_tool

pytestmark = pytest.mark.db

SATURDAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
SUNDAY_EVENING = datetime(2026, 11, 22, 18, 1, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@pytest.fixture
def settings(tmp_path):
    """Settings of a hub that writes mails."""
    return Settings(
        instance=tmp_path,
        base_url="https://hub.test.example",
        mail_from="hub@test.example",
        contact="help@test.example",
    )


@pytest.fixture
def clock(database):
    with time_machine.travel(SATURDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lists(monkeypatch):
    """What is suggested to everybody, by kind; tests fill it."""
    found = {"innovations": [], "requests": [], "people": []}

    def of(name):
        def suggest(index, viewer, page, **_more):
            assert viewer.is_member
            items = [each for each in found[name] if each.key != viewer.public_id]
            return Page(items[page.offset : page.offset + page.per_page], len(items), page)

        return suggest

    for name in found:
        monkeypatch.setattr(digest, f"{name}_for_me", of(name))
    return found


@pytest.fixture
def run(clock, lists):
    """Have the job run as the worker does."""

    def look(**options):
        session().commit()
        return tell_what_fits(session().get_bind(), None, **options)

    return look


def test_a_week_begins_twelve_hours_before_its_digests():
    assert week_of(datetime(2026, 11, 22, 17, 59, tzinfo=UTC)) == MONDAY - WEEK
    assert week_of(datetime(2026, 11, 22, 18, 0, tzinfo=UTC)) == MONDAY
    assert week_of(datetime(2026, 11, 29, 17, 59, tzinfo=UTC)) == MONDAY


def test_only_who_chose_it_is_told(clock, lists, run):
    lists["innovations"] = records(2)
    ana, silent, off = reader(), make_member(), reader()
    with transaction():
        choose_frequency(off, Topic.MATCHES, Frequency.OFF)
    reader(status=MemberStatus.SUSPENDED)
    clock.move_to(SUNDAY_EVENING)
    assert run() == 1
    assert len(told(ana)) == 2
    assert told(silent) == told(off) == []


def test_five_at_most_of_all_kinds_the_best_first(clock, lists, run):
    ana, ben = reader(), make_member()
    make_profile(ben)
    lists["innovations"], lists["people"] = records(6), [Found(f"member:{ben.public_id}")]
    lists["requests"] = [Found(opened_request().subject)]
    clock.move_to(SUNDAY_EVENING)
    run()
    wanted = [lists[each][0].subject for each in ("innovations", "requests", "people")]
    assert told(ana) == [*wanted, *(each.subject for each in lists["innovations"][1:3])]
    kinds = select(Notification.kind).where(Notification.member_id == ana.id).distinct()
    assert sorted(session().scalars(kinds)) == [
        "innovation_suggested",
        "member_suggested",
        "request_suggested",
    ]


def test_nothing_is_told_twice_and_what_fits_poorly_not_at_all(clock, lists, run):
    ana = reader()
    lists["innovations"] = records(7)
    lists["innovations"][6].score = digest.LEAST_SCORE - 0.1
    clock.move_to(SUNDAY_EVENING)
    assert [run(), run()] == [1, 0]
    first = told(ana)
    read()
    clock.shift(WEEK)
    assert run() == 1
    assert len(told(ana)) == 6
    assert set(first) < set(told(ana))
    clock.shift(WEEK)
    assert run() == 0
    assert session().scalar(select(SuggestionRound.week)) == MONDAY + 2 * WEEK


def read():
    """Have everybody read what they were told."""
    for each in session().scalars(select(Notification)):
        each.read_at, each.waits = SUNDAY_EVENING, False
    session().commit()


def test_at_most_five_wait_for_one_mail(clock, lists, run):
    ana = reader()
    lists["innovations"] = records(8)
    clock.move_to(AFTER_SIX + timedelta(hours=3))  # the worker was away on Sunday
    run()
    assert len(told(ana)) == 5
    clock.move_to(SUNDAY_EVENING + WEEK)
    assert run() == 0
    assert len(told(ana)) == 5


def test_it_looks_further_down_while_too_little_is_new(clock, lists, run):
    ana = reader()
    lists["innovations"] = records(12)
    counts = []
    for weeks in range(3):
        clock.move_to(SUNDAY_EVENING + weeks * WEEK)
        run()
        counts.append(len(told(ana)))
        read()
    assert counts == [5, 10, 12]


def test_who_chooses_it_later_waits_for_the_next_week(clock, lists, run):
    lists["innovations"] = records(1)
    clock.move_to(AFTER_SIX)
    reader()
    assert run() == 0
    clock.move_to(SUNDAY_EVENING + WEEK)
    assert run() == 1


def test_what_is_hidden_set_aside_or_red_is_not_told(clock, lists, run):
    ana = reader()
    scene = make_scene()
    lists["innovations"] = [*records(1, scene, POLICE), *records(2, scene)]
    aside, left = lists["innovations"][1:]
    red = opened_request(make_member(), receivers=[ana], tlp=Tlp.RED)
    lists["requests"] = [Found(red.subject), Found("request:" + "x" * 22)]
    session().add(Dismissal(member_id=ana.id, subject=aside.subject, reason="not_now"))
    session().commit()
    clock.move_to(SUNDAY_EVENING)
    run()
    assert told(ana) == [left.subject]


def test_what_is_set_aside_before_the_mail_is_not_in_it(clock, lists, run, settings):
    ana = reader()
    lists["innovations"] = records(2)
    clock.move_to(SUNDAY_EVENING)
    run()
    with transaction():
        dismiss(ana, lists["innovations"][0].subject, reason="not_now")
    (mail,) = mailed(ana, clock, settings)
    assert parts_of(mail)[0].count("may be something for you") == 1


def test_the_weekly_mail_names_it_and_ends_with_one_click(clock, lists, run, settings):
    ana = reader()
    scene = make_scene()
    lists["innovations"] = records(1, scene)
    narrow = opened_request(make_member(), receivers=[ana], tlp=Tlp.AMBER, title="Canary of wires")
    lists["requests"] = [Found(narrow.subject)]
    clock.move_to(SUNDAY_EVENING)
    run()
    (mail,) = mailed(ana, clock, settings)
    assert mail["List-Unsubscribe"]
    text, html = parts_of(mail)
    assert "A request may be something for you" in text
    assert "https://hub.test.example/matches\n" in text
    assert "Canary" not in f"{mail['Subject']}{text}{html}"
    with transaction():
        unsubscribe(ana, Frequency.WEEKLY)
    clock.move_to(SUNDAY_EVENING + WEEK)
    lists["innovations"] = records(1, scene)
    assert run() == 0


def test_what_was_narrowed_by_the_time_of_the_mail_is_not_in_it(clock, lists, run, settings):
    ana = reader()
    request = opened_request(make_member(), receivers=[ana], tlp=Tlp.GREEN, title="Canary of wires")
    lists["requests"] = [Found(request.subject)]
    clock.move_to(SUNDAY_EVENING)
    run()
    assert told(ana)
    request.label_rows[0].label = person_label(request.posted_by_id)
    session().commit()
    assert mailed(ana, clock, settings) == []


def test_who_is_killed_in_the_middle_goes_on_with_the_next(clock, lists, run, monkeypatch):
    lists["innovations"] = records(1)
    readers = [reader() for _ in range(3)]
    clock.move_to(SUNDAY_EVENING)
    tell, second = digest.tell_suggestions, readers[1].id

    def killed(member, *rest):
        done = tell(member, *rest)
        if member.id == second:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(job, "tell_suggestions", killed)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert [len(told(each)) for each in readers] == [1, 0, 0]
    monkeypatch.setattr(job, "tell_suggestions", tell)
    assert run() == 2
    assert [len(told(each)) for each in readers] == [1, 1, 1]


def test_what_fails_for_one_keeps_nobody_else_from_being_told(clock, lists, run, monkeypatch):
    lists["innovations"] = records(1)
    first, second = reader(), reader()
    clock.move_to(SUNDAY_EVENING)
    look, failing = digest.new_suggestions, first.id

    def fails(index, member):
        if member.id == failing:
            raise ValueError
        return look(index, member)

    monkeypatch.setattr(job, "new_suggestions", fails)
    assert run() == 1
    assert told(second)
    assert due_members(MONDAY, 10) == [failing]


def test_it_waits_for_the_index_and_for_its_next_turn(clock, lists, run, monkeypatch):
    lists["innovations"] = records(1)
    ana = reader()
    clock.move_to(SUNDAY_EVENING)
    assert run(seconds=-1) == 0

    def preparing(*_arguments):
        raise UnavailableError

    monkeypatch.setattr(job, "new_suggestions", preparing)
    assert run() == 0
    assert due_members(MONDAY, 10) == [ana.id]


def test_ids_are_held_some_at_a_time(clock, lists, run, monkeypatch):
    monkeypatch.setattr(job, "AT_A_TIME", 2)
    lists["innovations"] = records(1)
    readers = [reader() for _ in range(5)]
    clock.move_to(SUNDAY_EVENING)
    assert run() == 5
    assert all(told(each) for each in readers)


def test_who_is_not_in_standing_any_more_is_told_nothing(clock, lists, run):
    lists["innovations"] = records(1)
    reader(vetted_until=SUNDAY_EVENING - timedelta(hours=1))
    clock.move_to(SUNDAY_EVENING)
    assert run() == 0


def test_what_was_told_is_forgotten_after_two_years_or_with_what_it_named(clock, lists, run):
    ana = reader()
    lists["innovations"] = records(2)
    clock.move_to(SUNDAY_EVENING)
    run()
    counted = select(func.count()).select_from(SuggestionTold)
    with transaction():
        session().add(Dismissal(member_id=ana.id, subject=told_first(lists), reason="other", words="No."))
    with transaction():
        forget_suggested(told_first(lists))
    assert session().scalar(counted) == 1
    assert session().scalar(select(func.count()).select_from(Dismissal)) == 0
    clock.shift(TOLD_KEPT - timedelta(minutes=1))
    with transaction():
        assert forget_told() == 0
    clock.shift(timedelta(minutes=1))
    with transaction():
        assert forget_told() == 1


def told_first(lists):
    return lists["innovations"][0].subject


def test_through_the_whole_way_only_what_a_reader_may_see_is_named(clock, matching, settings):
    """Without a list of the test's own: the index, what the mail says, and a record that is hidden."""
    nino = officer(vetted_until=None)
    with transaction():
        choose_frequency(nino, Topic.MATCHES, Frequency.WEEKLY)
    tool = tracing_tool()
    hidden = tracing_tool(name="Canary Tracer", readership=POLICE)
    clock.move_to(SUNDAY_EVENING)
    matching.forget()
    session().commit()
    assert tell_what_fits(session().get_bind(), matching) == 1
    assert tool.subject in told(nino)
    assert hidden.subject not in told(nino)
    (mail,) = mailed(nino, clock, settings)
    text, html = parts_of(mail)
    assert "Asset Tracer may fit what you look for" in text
    assert "Canary" not in f"{mail['Subject']}{text}{html}"
