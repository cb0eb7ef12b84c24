"""Suggestions as members and coordinators meet them over weeks: the weekly mail, and the floor for who is left out."""

import re
from datetime import UTC, datetime, timedelta
from email import policy
from urllib.parse import urlsplit

import pytest
import time_machine

from hub.access.viewer import Role
from hub.config import Settings
from hub.core.database import session_scope, transaction
from hub.jobs.digests import make_digests
from hub.jobs.fairness import FOLDER, count_exposure
from hub.jobs.suggesting import tell_what_fits
from hub.mail.sending import send_due
from tests.catalogue.records import make_scene
from tests.factories import make_member, make_profile
from tests.journeys.live import live_hub
from tests.mail.samples import parts_of
from tests.mail.test_telling import Sink
from tests.matching.scenes import NEEDS, officer, tracing_tool
from tests.web.client import parse, words

SATURDAY = datetime(2026, 11, 21, 10, tzinfo=UTC)
SUNDAY_EVENING = datetime(2026, 11, 22, 18, 1, tzinfo=UTC)
AFTER_SIX = datetime(2026, 11, 23, 6, 1, tzinfo=UTC)
WEEK = timedelta(days=7)
LAMP = "Asset Lamp"
MAILS = "/account/notifications/mail"


@pytest.fixture
def clock():
    with time_machine.travel(SATURDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def hub(clock, tmp_path):
    with live_hub(tmp_path) as made:
        yield made


@pytest.fixture
def weeks(hub, clock):
    """What the worker does in one week after the other."""
    return Weeks(hub, clock)


class Weeks:
    """The weeks of a hub.

    Args:
        hub: where they pass.
        clock: what is moved.
    """

    def __init__(self, hub, clock):
        self.hub, self.clock, self.passed = hub, clock, 0
        self.index = hub.app.extensions["hub"].matching
        self.settings = Settings(
            instance=hub.settings.instance,
            database_url=hub.settings.database_url,
            base_url="https://hub.test.example",
            mail_from="hub@test.example",
            contact="help@test.example",
        )

    def is_sunday_evening(self):
        """Let the worker look twice what is new."""
        self.clock.move_to(SUNDAY_EVENING + self.passed * WEEK)
        with session_scope(self.hub.engine):
            self.index.forget()
        for _ in range(2):
            tell_what_fits(self.hub.engine, self.index)

    def is_monday(self, member):
        """Let the worker make the digests twice; return the texts of the mails to a member, and the last mail."""
        self.clock.move_to(AFTER_SIX + self.passed * WEEK)
        self.passed += 1
        sink = Sink()
        for _ in range(2):
            make_digests(self.hub.engine)
            with session_scope(self.hub.engine):
                while send_due(sink, self.settings):
                    pass
        mails = [each for each in sink.mails if each["To"] == member.email]
        return [parts_of(each)[0] for each in mails], (mails or [None])[-1]


def tool(hub, name):
    """Have somebody publish a tool that traces assets; return its subject."""
    return hub.store(tracing_tool, name=name).subject


def colleague():
    member = make_member(display_name="Ben Canary", country="GE", member_type="law_enforcement")
    make_profile(
        member, needs=NEEDS, offers=NEEDS, terms={"functions": ["recover_assets"], "languages": ["en"]}
    )
    return member


def test_the_weekly_mail_names_what_is_new_once_and_ends_with_one_click(hub, weeks):
    ana, ben = hub.store(officer), hub.store(colleague)
    tool(hub, "Asset Tracer")
    aside = tool(hub, "Asset Sieve")
    weeks.is_sunday_evening()
    assert weeks.is_monday(ana) == ([], None)  # nobody chose it

    assert hub.browser(ana).submit(MAILS, {"suggestions": "weekly"}).status_code == 303
    weeks.is_sunday_evening()
    listed = hub.browser(ana).get("/account/notifications").text
    assert all(each in listed for each in ("Asset Tracer", "Asset Sieve", "Ben Canary"))
    set_aside = hub.browser(ana).submit(f"/matches/dismiss?about={aside}", {"reason": "not_now"})
    assert set_aside.status_code == 303
    assert hub.browser(ben).submit("/account/profile", {"audience": "nobody"}).status_code == 303
    (text,), mail = weeks.is_monday(ana)
    assert text.count("Asset Tracer") >= 1
    assert not re.search("Asset Sieve|Canary", f"{mail.as_string(policy=policy.default)}")

    weeks.is_sunday_evening()
    assert weeks.is_monday(ana)[0] == []  # told once

    tool(hub, "Asset Lantern")
    weeks.is_sunday_evening()
    (text,), mail = weeks.is_monday(ana)
    assert "Asset Lantern" in text
    assert "Asset Tracer" not in text

    link = urlsplit(re.search(r"<(http[^>]+)>", mail["List-Unsubscribe"])[1])
    ended = hub.browser().post(f"{link.path}?{link.query}", data={"List-Unsubscribe": "One-Click"})
    assert ended.status_code == 200
    tool(hub, "Asset Compass")
    weeks.is_sunday_evening()
    assert weeks.is_monday(ana)[0] == []
    assert "Asset Compass" in hub.browser(ana).get("/matches/innovations").text


def scattered():
    """Publish twelve tools of one country that fit well, and one of another that fits a little less."""
    large, small = make_scene("EE"), make_scene("MD")
    tools = [tracing_tool(large, name=f"Asset Tracer {number}") for number in range(12)]
    less = {"intended_users": ("citizens",), "stage": "development", "languages": ("ro",)}
    lamp = tracing_tool(small, name=LAMP, **less)
    with transaction():
        for each in tools:
            each.origin_country = "EE"
        lamp.origin_country = "MD"
    return lamp


def first_ten(browser):
    """Return the names of the first ten innovations for somebody, and the words of the page."""
    page = parse(browser.get("/matches/innovations").text)
    names = [words(each) for each in page.iterfind(".//main//li//h2")]
    return names or [words(each) for each in page.iterfind(".//main//li//h3")], words(page.find(".//main"))


def test_the_floor_keeps_a_place_for_a_country_that_is_seldom_suggested(hub, clock):
    ana = hub.store(officer)
    coordinator = hub.member(roles=[Role.COORDINATOR])
    hub.store(scattered)
    index, folder = hub.app.extensions["hub"].matching, hub.settings.instance / FOLDER

    before, told = first_ten(hub.browser(ana))
    assert len(before) == 10
    assert LAMP not in before
    assert "seldom suggested" not in told

    count(hub, index, folder)
    report = hub.browser(coordinator).get("/coordinate/fairness")
    assert "The floor is off" in report.text
    floor = {"percent": "10", "reason": "Small countries are buried."}
    assert hub.browser(coordinator).submit("/coordinate/fairness/floor", floor).status_code == 303
    assert "Small countries are buried." in hub.browser(coordinator).get("/coordinate/fairness").text

    after, told = first_ten(hub.browser(ana))
    assert after == [*before[:9], LAMP]
    assert "Its country is seldom suggested, so a place is kept for it." in told

    # what the floor gave does not make the country often suggested the next day
    clock.shift(timedelta(days=1))
    count(hub, index, folder)
    assert first_ten(hub.browser(ana))[0] == after


def count(hub, index, folder):
    """Do what the worker does each day."""
    while not count_exposure(hub.engine, index, folder):
        pass
