"""Who asked cannot tell a decline, a block or an undelivered note from no answer: not now, not later, not by counts."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, TooManyError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.introductions.counting import introductions_by_month
from hub.members.introductions.forgetting import (
    expire_introduction,
    forget_introductions,
    overdue_introductions,
)
from hub.members.introductions.hindrances import Hindrance, hindered
from hub.members.introductions.limits import MOST_A_DAY, MOST_WAITING, require_room
from hub.members.introductions.queries import Box, asked_lately, introductions_of, shown
from hub.members.models import IntroductionState
from hub.privacy.collecting import own_data
from tests.members.introductions.people import (
    SILENCES,
    age,
    ask,
    decline,
    pair,
    withdraw,
)

pytestmark = pytest.mark.db

MOMENTS = {
    "at once": timedelta(0),
    "the last minute": timedelta(days=29, hours=23, minutes=59),
    "when its time is over": timedelta(days=30),
    "when its words go": timedelta(days=60, minutes=1),
    "a day before they may ask again": timedelta(days=89),
}


def known_to(asker, asked, introduction, *, with_file):
    """Return all that who asked may learn of it, without the ids that differ from pair to pair."""
    viewer = viewer_of(asker)
    hindrance = hindered(viewer, asked)
    files = own_data(asker) if with_file else {"introductions": {}, "log": []}
    told = {
        "page": repr(shown(viewer, introduction)),
        "lists": [repr(introductions_of(viewer, box, PageRequest()).items) for box in Box],
        "again": (hindrance.kind, hindrance.words, hindrance.again_at),
        "nobody to suggest": sorted(asked_lately(viewer)),
        "introductions": files["introductions"],
        "told": files.get("notifications", {}).get("notifications.member_id", []),
        "log": [{**each, "number": 0} for each in files["log"]],
    }
    words = json.dumps(told, default=str)
    for name, value in (("asked", asked), ("asker", asker)):
        words = words.replace(value.public_id, f"<{name}>").replace(value.display_name, f"<{name}>")
    return words.replace(introduction.public_id, "<introduction>")


@pytest.mark.db(moment=["when its words go"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("is_taken_back", [False, True], ids=["left", "taken back"])
def test_every_silence_reads_the_same(database, clock, moment, is_taken_back):
    made = {}
    for name, silent in SILENCES.items():
        asker, asked = pair(name)
        made[name] = (asker, asked, silent(asker, asked))
    if is_taken_back:
        for asker, _asked, introduction in made.values():
            withdraw(asker, introduction)
    clock.shift(MOMENTS[moment])
    for number in overdue_introductions():
        with transaction():
            expire_introduction(number)
    with transaction():
        forget_introductions()
    # the file of own data takes long to collect
    with_file = moment in {"the last minute", "when its words go"}
    known = {name: known_to(*each, with_file=with_file) for name, each in made.items()}
    assert len(set(known.values())) == 1, known


def test_nobody_can_count_declines(database, clock):
    counted = []
    for name, silent in SILENCES.items():
        asker, asked = pair(name)
        silent(asker, asked)
        (month,) = introductions_by_month()
        counted.append(dict(month.counts))
    assert counted == [{IntroductionState.WAITS: number} for number in range(1, len(SILENCES) + 1)]


def test_the_log_holds_no_decline_no_words_and_nobody_else(database):
    for name, silent in SILENCES.items():
        asker, asked = pair(name)
        silent(asker, asked)
        entries = session().scalars(select(AuditEntry).where(AuditEntry.actor == asker.public_id)).all()
        assert [(each.tag, each.subject, each.reason, each.actor_roles) for each in entries] == [
            ("introduction:ask", f"member:{asker.public_id}", "", "")
        ]
        of_asked = select(func.count(AuditEntry.number)).where(AuditEntry.actor == asked.public_id)
        assert session().scalar(of_asked) == 0


@pytest.mark.parametrize("name", SILENCES)
def test_a_silence_frees_no_place_under_the_limits(database, clock, name):
    asker, _ = pair(name)
    others = [pair(f"{name} {number}")[1] for number in range(MOST_A_DAY)]
    for each in others:
        SILENCES[name](asker, each)
    with pytest.raises(TooManyError) as refused:
        require_room(viewer_of(asker))
    assert (refused.value.retry_after, refused.value.parameters) == (86_401, {"number": MOST_A_DAY})


def test_thirty_may_wait_and_declined_ones_wait_as_well(database, clock):
    asker, asked = pair(1)
    made = [ask(asker, pair(number)[1]) for number in range(2, MOST_WAITING + 2)]
    for each in made:
        age(each, timedelta(days=2))
    decline(made[0].asked, made[0])
    with pytest.raises(TooManyError) as refused:
        require_room(viewer_of(asker))
    assert refused.value.parameters == {"number": MOST_WAITING}
    withdraw(asker, made[0])
    require_room(viewer_of(asker))
    assert hindered(viewer_of(asker), asked) is None


@pytest.mark.parametrize("name", SILENCES)
def test_asking_again_is_refused_alike_for_90_days(database, clock, name):
    asker, asked = pair(name)
    SILENCES[name](asker, asked)
    clock.shift(timedelta(days=89, hours=23))
    with pytest.raises(ConflictError) as refused:
        ask(asker, asked)
    assert "within the last 90 days" in refused.value.message
    clock.shift(timedelta(hours=2))
    # a block is then told as messages tell it: in words that say nothing of why
    is_blocked = "blocked" in name or name == "never delivered"
    found = hindered(viewer_of(asker), asked)
    assert (found and found.kind) == (Hindrance.REFUSED if is_blocked else None)
    assert ask(asker, asked).is_delivered is not is_blocked
