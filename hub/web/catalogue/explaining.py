"""The page that says how search works: what one may type, and what decides the order of results."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.search.asking import MAX_QUERY_LENGTH, MAX_QUERY_TERMS
from hub.search.boosts import DOUBLING_YEARS, LEVEL_SHARE, NAME_WEIGHT, SHORT_WEIGHT
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue

EXAMPLES = {
    "phrase": '"red flags"',
    "without": "procurement -training",
    "either": "OCDS OR BODS",
    "prefix": "whistleblow*",
    "slip": "procurment~",
    "field": "country:georgia",
    "level": "evidence:2+",
    "standard": "standard:ocds",
    "name": "name:tender",
}
"""Searches that the page links to."""

HIGHEST_LEVEL = 5


@catalogue.get("/how-search-works")
@public
def how_search_works() -> ResponseReturnValue:
    """Say it in the figures that the engines use."""
    return render_template(
        "catalogue/how_search_works.html",
        examples=EXAMPLES,
        name_times=NAME_WEIGHT,
        short_times=SHORT_WEIGHT,
        level_share=LEVEL_SHARE,
        all_levels=LEVEL_SHARE * HIGHEST_LEVEL,
        doubling_years=round(DOUBLING_YEARS),
        most_characters=MAX_QUERY_LENGTH,
        most_terms=MAX_QUERY_TERMS,
    )
