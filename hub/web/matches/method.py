"""The page that documents how suggestions are made, with an example that the scoring itself works out."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.access.audience import PUBLIC_LABEL
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.fairness.settings import percent_in_force
from hub.matching.parts import FACTORS, WEIGHTS, Emphasis, Pairing
from hub.matching.scoring import Match, match
from hub.matching.statistics import Statistics
from hub.web.access import public
from hub.web.i18n import translate
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import KIND_WORDS
from hub.web.matches.reasons import reasons_of
from hub.web.matches.why import rows_of
from hub.web.matches.words import SHORT_NAMES

OPEN = frozenset({PUBLIC_LABEL})

OFFICER = Facts(
    kind=Kind.MEMBER,
    key="example-officer",
    labels=OPEN,
    texts=(
        Text(Role.ABOUT, "en", title="Financial investigator of an anti-corruption agency"),
        Text(
            Role.NEEDS, "en", body="Tools for asset tracing across borders and for searching bank accounts."
        ),
    ),
    codes={
        Scheme.MEMBER_TYPES: frozenset({"law_enforcement"}),
        Scheme.FUNCTIONS: frozenset({"investigate", "recover_assets"}),
        Scheme.COUNTRIES: frozenset({"GE"}),
        Scheme.LANGUAGES: frozenset({"ka", "en"}),
    },
)
"""Somebody who looks for something; nobody is meant."""

RECORD = Facts(
    kind=Kind.INNOVATION,
    key="example-record",
    labels=OPEN,
    texts=(
        Text(
            Role.ABOUT,
            "en",
            title="Asset map",
            summary="Traces assets across borders from company registers and bank account data.",
            body="Investigators search accounts, land and companies at once and draw who holds what.",
        ),
    ),
    codes={
        Scheme.FUNCTIONS: frozenset({"investigate", "detect"}),
        Scheme.OFFENCES: frozenset({"uncac-23"}),
        Scheme.INTENDED_USERS: frozenset({"law_enforcement", "prosecutors"}),
        Scheme.COUNTRIES: frozenset({"AM"}),
        Scheme.LANGUAGES: frozenset({"en"}),
        Scheme.STAGE: frozenset({"stable"}),
        Scheme.EVIDENCE: frozenset({"2"}),
    },
)
"""Something that may fit; it is in no catalogue."""


@matches.get("/method")
@public
def method() -> ResponseReturnValue:
    """Say how suggestions are made, in the figures that the scoring uses."""
    worked = example()
    return render_template(
        "matches/method.html",
        match=worked,
        # the links to one's own profile have no place in an example
        reasons=[replace(each, href="") for each in reasons_of(worked, {})],
        rows=rows_of(worked, {}),
        pairings=[(translate(KIND_WORDS[each]), each) for each in Pairing],
        parts=[(each, translate(name)) for each, name in SHORT_NAMES.items()],
        weights=WEIGHTS,
        half=FACTORS[Emphasis.LESS],
        double=FACTORS[Emphasis.MORE],
        floor_percent=percent_in_force(),
    )


def example() -> Match:
    """Return the match of the example, worked out as any other."""
    return match(
        Pairing.MEMBER_INNOVATION,
        OFFICER,
        RECORD,
        labels=OPEN,
        statistics=Statistics.of([OFFICER, RECORD]),
        emphases={},
    )
