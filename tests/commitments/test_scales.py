"""The two generations of scales: which plan is rated by which, and that every answer is in its vocabulary."""

import json

import pytest

from hub.commitments.loading import DATA
from hub.commitments.scales import SCHEMES, VALUES, rating_label, scheme_for_year, scheme_of
from hub.vocabularies.loader import vocabulary


@pytest.mark.parametrize(("year", "code"), [(2011, "irm_2013"), (2019, "irm_2013"), (2020, "irm_2021")])
def test_a_plan_is_rated_by_the_scales_of_its_year(year, code):
    assert scheme_for_year(year).code == code


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda each: each.code)
def test_a_generation_says_version_and_source_and_asks_each_once(scheme):
    assert scheme.version
    assert scheme.source_url.startswith("https://")
    codes = [scale.code for scale in scheme.scales]
    assert len(codes) == len(set(codes))
    assert all(scale.values for scale in scheme.scales)


def test_whether_it_opened_government_is_asked_for_each_value():
    opening = scheme_of("irm_2013").scale("opening")
    assert opening.abouts == tuple(term.code for term in vocabulary(VALUES).terms)
    assert scheme_of("irm_2013").scale("completion").abouts == ("",)
    assert scheme_of("irm_2021").scale("opening") is None
    assert rating_label(opening, "did_not_change") == "Did not change"


def test_every_rating_that_comes_with_the_hub_is_an_answer_of_its_scale():
    ratings = [
        (each["scheme"], *rating)
        for path in DATA.glob("*.json")
        for commitment in json.loads(path.read_text())["commitments"]
        for each in commitment.get("assessments", ())
        for rating in each["ratings"]
    ]
    assert len(ratings) > 20
    for code, name, about, value in ratings:
        scale = scheme_of(code).scale(name)
        assert value in scale.values
        assert about in scale.abouts
