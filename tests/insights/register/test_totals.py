"""What decisions add up to, and which of them somebody asks for: rules without a database."""

from datetime import timedelta

from hub.audit.events import Event
from hub.insights.register.choosing import EVERYTHING, Choice, chosen, years_of
from hub.insights.register.totals import median_of_days, total_of, totals_by_kind
from tests.insights.register.scenes import FEATURED, PUBLISHED, made_up


def test_the_median_leaves_out_what_answers_nothing():
    assert median_of_days([made_up(days=1.0), made_up(days=None), made_up(days=4.0)]) == 2.5


def test_the_median_of_nothing_is_no_number():
    assert median_of_days([made_up(days=None)]) is None


def test_totals_by_kind_add_up_to_the_total():
    found = [made_up(1, recusals=2), made_up(2, FEATURED, recusals=1), made_up(3)]
    parts, whole = totals_by_kind(found), total_of(found)
    assert [(each.kind, each.number) for each in parts] == [(PUBLISHED, 2), (FEATURED, 1)]
    assert (whole.number, whole.recusals) == (sum(each.number for each in parts), 3)


def test_a_choice_asks_for_all_that_it_names_at_once():
    wanted = made_up(1, FEATURED, recusals=1)
    others = [
        made_up(2, PUBLISHED, recusals=1),
        made_up(3, FEATURED),
        made_up(4, FEATURED, recusals=1, later=timedelta(days=-365)),
    ]
    choice = Choice(year=2026, by_two=True, with_recusals=True)
    assert list(chosen([wanted, *others], choice)) == [wanted]
    assert chosen([wanted, *others], EVERYTHING) == [wanted, *others]


def test_a_kind_is_asked_for_by_its_tag():
    assert chosen([made_up(1), made_up(2, FEATURED)], Choice(event=Event.INNOVATION_PUBLISH)) == (made_up(1),)


def test_years_are_those_of_decisions():
    assert years_of([made_up(), made_up(later=timedelta(days=-365)), made_up()]) == (2026, 2025)
