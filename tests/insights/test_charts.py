"""What the insights page is made of: rankings, the map's places, what is missing, and counts for visitors alone."""

from datetime import UTC, datetime

import pytest

from hub.catalogue.documents import MOST_COUNTRIES_IN_WORDS
from hub.core.database import session
from hub.insights.charts.figures import Figures, public_figures
from hub.insights.charts.missing import regions, unanswered
from hub.insights.charts.ranking import head_of, lead_of, median_of, ranked
from hub.insights.map import place_of, world
from hub.members.models import FieldAudience
from hub.vocabularies.loader import vocabulary
from tests.catalogue.cast import make_cast, record_of
from tests.catalogue.proofs import claimed, confirmed
from tests.catalogue.records import MEMBERS, make_scene, published, submitted
from tests.factories import make_member, make_profile

EMPTY = Figures(
    as_of=datetime(2026, 11, 22, tzinfo=UTC),
    innovations=0,
    functions={},
    offences={},
    offenceless=0,
    levels={},
    stages={},
    pairs={},
    innovations_in={},
    widespread=0,
    placeless=0,
    replications_in={},
    members_in={},
    months=(),
    years=(),
)


def test_the_lead_is_shared_by_equals():
    assert lead_of({"ES": 2, "GE": 3, "NO": 3}).codes == ("GE", "NO")


def test_nobody_leads_with_nothing():
    assert lead_of({"ES": 0}).codes == ()


def test_a_ranking_leaves_noughts_out_and_orders_equals_by_code():
    assert ranked({"NO": 1, "GE": 1, "ES": 4, "ID": 0}) == (("ES", 4), ("GE", 1), ("NO", 1))


@pytest.mark.parametrize(("most", "expected"), [(4, 4), (3, 1), (2, 1)])
def test_the_head_of_a_ranking_parts_no_equals(most, expected):
    rows = [("ES", 4), ("GE", 1), ("ID", 1), ("NO", 1)]
    assert len(head_of(rows, most)) == expected


def test_half_of_all_began_in_the_median_year_or_later():
    assert median_of([(2001, 2), (2010, 1), (2020, 2)]) == 2010
    assert median_of([]) is None


def test_every_country_has_a_place_on_the_map_but_two():
    assert {code for code in vocabulary("countries").codes if place_of(code) is None} == {"AQ", "EU"}


def test_every_place_lies_on_the_picture():
    picture = world()
    assert all(
        0 < place.x < picture.width and 0 < place.y < picture.height for place in picture.places.values()
    )


@pytest.mark.parametrize(
    ("western", "eastern"), [("US", "BR"), ("PT", "ES"), ("RU", "JP"), ("ZA", "AU"), ("IN", "ID")]
)
def test_the_map_is_not_mirrored(western, eastern):
    assert place_of(western).x < place_of(eastern).x


def test_regions_hold_every_country_once():
    assert sum(each.countries for each in regions(EMPTY)) == len(vocabulary("countries").terms) - 2


def test_a_region_names_the_countries_without_an_innovation():
    figures = Figures(**{**vars(EMPTY), "innovations_in": {"BW": 1, "ZA": 2}, "replications_in": {"ZA": 1}})
    southern = next(each for each in regions(figures) if each.code == "018")
    assert (southern.innovations, southern.replications) == (2, 1)
    assert southern.without == ("LS", "NA", "SZ")


def test_an_offence_is_answered_by_an_innovation_that_does_both():
    figures = Figures(**{**vars(EMPTY), "pairs": {("uncac-15", "detect"): 1, ("uncac-17", "report"): 1}})
    missing = unanswered(figures, "detect")
    assert "uncac-15" not in missing
    assert "uncac-17" in missing


@pytest.mark.db
def test_innovations_count_as_the_filters_of_the_catalogue_do(database):
    scene = make_scene()
    published(
        scene,
        functions=("detect", "report"),
        offences=("uncac-15",),
        countries=("ES", "NO"),
        stage="stable",
        year_started=2019,
    )
    figures = public_figures()
    assert (figures.innovations, figures.functions) == (1, {"detect": 1, "report": 1})
    assert (figures.offences, figures.offenceless) == ({"uncac-15": 1}, 0)
    assert figures.pairs == {("uncac-15", "detect"): 1, ("uncac-15", "report"): 1}
    assert (figures.levels, figures.stages) == ({"0": 1}, {"stable": 1})
    assert figures.innovations_in == {"ES": 1, "GE": 1, "NO": 1}
    assert figures.years == ((2019, 1),)
    assert [number for _, number in figures.months] == [1]


@pytest.mark.db
def test_what_visitors_do_not_see_changes_nothing(database):
    cast = make_cast()
    published(cast.scene)
    before = vars(public_figures()) | {"as_of": None}
    hidden = published(
        cast.scene, name="For members", readership=MEMBERS, countries=("NO",), offences=("uncac-15",)
    )
    submitted(cast.scene, name="On its way", countries=("NO",))
    confirmed(cast, hidden.innovation)
    make_profile(make_member(country="NO"), FieldAudience.MEMBERS)
    assert vars(public_figures()) | {"as_of": None} == before


def test_one_in_use_nearly_everywhere_counts_for_where_it_comes_from(database):
    everywhere = tuple(each.code for each in vocabulary("countries").terms)[: MOST_COUNTRIES_IN_WORDS + 1]
    published(make_scene(), countries=everywhere)
    figures = public_figures()
    assert (figures.innovations_in, figures.widespread) == ({"GE": 1}, 1)


def test_one_without_a_country_on_the_map_is_placeless(database):
    published(make_scene(), countries=("EU",)).innovation.origin_country = None
    session().commit()
    figures = public_figures()
    assert (figures.innovations_in, figures.placeless) == ({}, 1)


def test_a_replication_counts_where_it_is_used_once_both_sides_confirmed_it(database):
    cast = make_cast()
    claimed(cast, record_of(cast), country="NO")
    confirmed(cast, record_of(cast, name="Taken up"))
    assert public_figures().replications_in == {"ES": 1}


def test_members_count_where_their_public_profile_says_they_are(database):
    make_profile(make_member(country="ID"), FieldAudience.PUBLIC)
    make_profile(make_member(country=None), FieldAudience.PUBLIC)
    assert public_figures().members_in == {"ID": 1}
