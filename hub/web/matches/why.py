"""Why something is suggested, or why not: every part of the score in words and as a table that adds up to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from types import MappingProxyType
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.alerts.things import describe
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.mail.places import path_of
from hub.matching.explaining import Explanation, why as explained
from hub.matching.facts import Kind
from hub.matching.parts import Emphasis, Part
from hub.matching.scoring import Match
from hub.matching.weights import weights_of
from hub.members.introductions.queries import asked_lately
from hub.web.access import members_only
from hub.web.i18n import language, translate
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import Named, about, named
from hub.web.matches.left_out import left_out_words
from hub.web.matches.purposes import Purpose, list_of, purpose_asked
from hub.web.matches.reasons import MARKS, Mark, Reason, added_words, reasons_of
from hub.web.matches.words import SHORT_NAMES
from hub.web.runtime import runtime
from hub.web.sessions import viewer

COUNTED: Mapping[Emphasis, str] = MappingProxyType(
    {Emphasis.LESS: N_("counts half"), Emphasis.MORE: N_("counts double")}
)
"""What is said of a part of which the reader changed how much it counts."""


@dataclass(frozen=True)
class Row:
    """One part of the score.

    Args:
        name: what the part is called.
        mark: whether it fits.
        points: what it gives.
        most: what it could give.
        width: of the bar for what it gives, in percent of the longest.
        room: of the bar for what it could give.
        counts: how much it counts for the reader, where that is not as usual.
    """

    name: str
    mark: Mark
    points: float
    most: float
    width: float
    room: float
    counts: str


@dataclass(frozen=True)
class WhyPage:
    """What the page says of one thing.

    Args:
        thing: what it is about.
        purpose: for whom or what it is suggested.
        explanation: the match, the place in the list, and why it is left out if it is.
        reasons: every part in words, by whether it fits.
        rows: every part as a number.
        left_out: why it is not suggested, in words; empty where it is.
        list_title: what the list is called in which it stands, or would.
        list_href: where that list is.
        arguments: what addresses say of it.
        is_acquainted: whether the reader asked this person for an introduction lately, or is introduced.
    """

    thing: Named
    purpose: Purpose
    explanation: Explanation
    reasons: Mapping[Mark, Sequence[Reason]]
    rows: Sequence[Row]
    left_out: str
    list_title: str
    list_href: str
    arguments: Mapping[str, Any]
    is_acquainted: bool

    @property
    def score(self) -> float:
        """Points, 0 to 100; 0 where there is nothing to compare."""
        return self.explanation.match.score if self.explanation.match else 0


@matches.get("/why")
@members_only
def why() -> ResponseReturnValue:
    """Explain one suggestion, or why something else is none."""
    purpose = purpose_asked()
    explanation = explained(runtime().matching, viewer(), purpose.text, request.args.get("about", ""))
    return render_template("matches/why.html", page=_page(purpose, explanation))


def _page(purpose: Purpose, explanation: Explanation) -> WhyPage:
    match, subject = explanation.match, f"{explanation.kind}:{explanation.key}"
    reasons = reasons_of(match, added_words([match])) if match else []
    return WhyPage(
        thing=_thing(explanation, subject),
        purpose=purpose,
        explanation=explanation,
        reasons={mark: [each for each in reasons if each.mark is mark] for mark in Mark},
        rows=rows_of(match, weights_of(viewer())) if match else (),
        left_out=left_out_words(explanation, purpose.text),
        list_title=translate(purpose.lists[explanation.kind][1]),
        list_href=list_of(purpose, explanation.kind),
        arguments=about(purpose.text, subject),
        is_acquainted=explanation.kind is Kind.MEMBER and explanation.key in asked_lately(viewer()),
    )


def _thing(explanation: Explanation, subject: str) -> Named:
    """Return what is explained: as in lists, or by its name alone where no list shows it.

    Raises:
        NotFoundError: the reader may not see it.
    """
    found = named([(explanation.kind, explanation.key)]).get(subject)
    if found is not None:
        return found
    thing = describe([subject], viewer(), language().code).get(subject)
    if thing is None:
        raise NotFoundError
    return Named(thing.title, path_of(thing.kind, thing.key), thing.language or "", tlp=thing.tlp)


def rows_of(match: Match, emphases: Mapping[Part, Emphasis]) -> list[Row]:
    """Return every part of a match as a number, those that could give most first.

    Args:
        match: two sides.
        emphases: how much each part counts for the reader.
    """
    longest = max((each.most for each in match.parts), default=0) or 1
    shown = tenths([each.points for each in match.parts], match.score)
    points = {each.part: value for each, value in zip(match.parts, shown, strict=True)}
    return [
        Row(
            name=translate(SHORT_NAMES[each.part]),
            mark=MARKS[each.state],
            points=points[each.part],
            most=each.most,
            width=round(100 * each.points / longest, 1),
            room=round(100 * each.most / longest, 1),
            counts=_counts(emphases.get(each.part, Emphasis.USUAL)),
        )
        for each in sorted(match.parts, key=lambda each: (-each.most, -each.points))
    ]


def tenths(points: Sequence[float], total: float) -> list[float]:
    """Return points with one place after the point, which add up to the total as it is shown: largest remainders rise.

    Args:
        points: of the parts.
        total: their sum.
    """
    parts = [10 * each for each in points]
    whole = [floor(each) for each in parts]
    rising = sorted(range(len(parts)), key=lambda place: (whole[place] - parts[place], place))
    for place in rising[: max(0, round(10 * total) - sum(whole))]:
        whole[place] += 1
    return [each / 10 for each in whole]


def _counts(emphasis: Emphasis) -> str:
    return translate(COUNTED[emphasis]) if emphasis in COUNTED else ""
