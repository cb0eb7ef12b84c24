"""The public register of decisions, as a page and as files of exactly what the page shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.access.viewer import VISITOR
from hub.alerts.things import Thing
from hub.audit.checkpoints.queries import covered_entries
from hub.commitments.decided import COMMITMENTS
from hub.commitments.naming import describe
from hub.core.i18n import N_
from hub.core.pagination import Page, PageRequest
from hub.insights.kept import kept
from hub.insights.register.choosing import EVERYTHING, Choice, chosen, years_of
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.reading import Decision, read_register
from hub.insights.register.sources import SOURCES
from hub.insights.register.totals import Total, total_of, totals_by_kind
from hub.insights.version import Span
from hub.interchange.shapes import disarm
from hub.mail.places import path_of
from hub.web.access import public
from hub.web.decisions.blueprint import decisions
from hub.web.i18n import direction_of, language, term, translate
from hub.web.insights.metric_files import csv_answer, json_answer
from hub.web.limits import REPORTS, spend
from hub.web.runtime import runtime

ALL_SOURCES = (*SOURCES, COMMITMENTS)

KINDS: dict[str, Kind] = {str(kind.event): kind for source in ALL_SOURCES for kind in source.kinds}

HANDS = {
    Hands.ONE: N_("One person, free of conflict"),
    Hands.TWO: N_("Two people: one proposed, another decided"),
    Hands.OWN: N_("Those who answer for it"),
    Hands.OTHER: N_("The side that did not make the claim"),
}

PER_PAGE = 50
NAMED_AT_ONCE = 400
"""Things whose names are asked for in one query."""

COLUMNS = (
    "tlp",
    "entry",
    "date",
    "kind",
    "decision",
    "about",
    "address",
    "decided_by",
    "reasons",
    "days",
    "recusals",
    "under_checkpoint",
)

TOO_OFTEN = N_("You have downloaded %(number)s files within an hour, which is the most. Wait a little.")


@dataclass(frozen=True)
class Shown:
    """One decision in words.

    Args:
        decision: what was decided.
        title: what the record is called in the reader's language, if it has a name there.
        language: BCP 47 tag of the title, or None for a proper name.
        direction: of the title, or nothing.
        address: of the record.
        reasons: in words.
        is_covered: whether its entry lies under a signed checkpoint.
    """

    decision: Decision
    title: str
    language: str | None
    direction: str
    address: str
    reasons: tuple[str, ...]
    is_covered: bool


@decisions.get("/decisions")
@public
def register() -> ResponseReturnValue:
    """Show what was decided about public things."""
    choice, asked = asked_choice(), PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    covered = covered_entries()
    if asked.number == 1 and len(arguments_of(choice)) <= 1:
        # of two filters and more there are too many to keep
        key = ("register-page", language().code, choice, covered)
        body = kept(key, lambda: _body(choice, asked, covered), span=Span.DAY)
    else:
        body = _body(choice, asked, covered)
    return render_template(
        "decisions/register.html", body=body, is_part=choice != EVERYTHING or asked.number > 1
    )


@decisions.get("/decisions.csv")
@public
def register_csv() -> ResponseReturnValue:
    """Send all decisions that the page would show, with its filters, as CSV."""
    spend(REPORTS, TOO_OFTEN)
    rows = (
        [
            "TLP:CLEAR",
            row["entry"],
            row["date"],
            row["kind"],
            row["decision"],
            disarm(row["about"]),
            row["address"],
            row["decided_by"],
            "; ".join(row["reasons"]),
            "" if row["days"] is None else row["days"],
            row["recusals"],
            "yes" if row["under_checkpoint"] else "no",
        ]
        for row in _rows(chosen(all_decisions(), asked_choice()), covered_entries())
    )
    return csv_answer("decisions", COLUMNS, rows)


@decisions.get("/decisions.json")
@public
def register_json() -> ResponseReturnValue:
    """Send all decisions that the page would show, with its filters and totals, as JSON."""
    spend(REPORTS, TOO_OFTEN)
    found = chosen(all_decisions(), asked_choice())
    return json_answer(
        {
            "tlp": "TLP:CLEAR",
            "entries_under_checkpoint": (covered := covered_entries()),
            "total": _total_row(total_of(found)),
            "by_kind": [_total_row(each) for each in totals_by_kind(found)],
            "decisions": list(_rows(found, covered)),
        }
    )


def all_decisions() -> tuple[Decision, ...]:
    """Return the whole register, computed anew after each entry in the log."""
    return kept(("register",), lambda: read_register(ALL_SOURCES), span=Span.DAY)


def asked_choice() -> Choice:
    """Return what the address asks for; what it cannot mean narrows nothing."""
    kind = KINDS.get(request.args.get("kind", ""))
    year = request.args.get("year", type=int)
    return Choice(
        event=kind.event if kind else None,
        year=year if year is not None and year in years_of(all_decisions()) else None,
        by_two=request.args.get("eyes") == "two",
        with_recusals=request.args.get("recused") == "yes",
    )


def arguments_of(choice: Choice) -> dict[str, str]:
    """Return filters as arguments of an address, without those that narrow nothing."""
    found = {
        "kind": str(choice.event or ""),
        "year": str(choice.year or ""),
        "eyes": "two" if choice.by_two else "",
        "recused": "yes" if choice.with_recusals else "",
    }
    return {name: value for name, value in found.items() if value}


def _body(choice: Choice, asked: PageRequest, covered: int) -> Markup:
    everything = all_decisions()
    found = chosen(everything, choice)
    asked = asked.within(len(found))
    items = found[asked.offset : asked.offset + asked.per_page]
    body = current_app.jinja_env.get_template("decisions/_register.html")
    drawn = body.render(
        page=Page(shown(items, covered), len(found), asked),
        choice=choice,
        arguments=arguments_of(choice),
        kinds=sorted((translate(kind.label), tag) for tag, kind in KINDS.items()),
        years=years_of(everything),
        total=total_of(found),
        totals=totals_by_kind(found),
        hands=HANDS,
    )
    return Markup(drawn)  # noqa: S704 - what a template escaped


def shown(items: Sequence[Decision], covered: int) -> list[Shown]:
    """Return decisions in words of the reader's language.

    Args:
        items: the decisions.
        covered: the number of the last entry under a checkpoint.
    """
    spoken = language().code
    names: dict[str, Thing] = {}
    subjects = sorted({each.about for each in items})
    for start in range(0, len(subjects), NAMED_AT_ONCE):
        names |= describe(subjects[start : start + NAMED_AT_ONCE], VISITOR, spoken)
    return [_shown(each, names.get(each.about), covered) for each in items]


def _shown(decision: Decision, thing: Thing | None, covered: int) -> Shown:
    vocabulary = decision.kind.reasons
    return Shown(
        decision,
        title=thing.title if thing else "",
        language=thing.language if thing else None,
        direction=direction_of(thing.language) if thing and thing.language else "",
        address=_address(thing) if thing else "",
        reasons=tuple(term(vocabulary, code) for code in decision.reasons) if vocabulary else (),
        is_covered=decision.number <= covered,
    )


def _address(thing: Thing) -> str:
    """Return where visitors read of a thing; entries stand in the programme of their showcase."""
    if thing.kind == "entry":
        return path_of("showcase", thing.key.partition("/")[0])
    return path_of(thing.kind, thing.key)


def _rows(found: Sequence[Decision], covered: int) -> Iterator[dict[str, Any]]:
    home = runtime().settings.base_url.rstrip("/")
    for each in shown(found, covered):
        decision = each.decision
        yield {
            "entry": decision.number,
            "date": decision.decided_at.date().isoformat(),
            "kind": str(decision.kind.event),
            "decision": translate(decision.kind.label),
            "about": each.title,
            "address": home + each.address if each.address else "",
            "decided_by": str(decision.kind.hands),
            "reasons": list(each.reasons),
            "days": decision.days,
            "recusals": decision.recusals,
            "under_checkpoint": each.is_covered,
        }


def _total_row(total: Total) -> dict[str, Any]:
    kind = {"kind": str(total.kind.event), "decision": translate(total.kind.label)} if total.kind else {}
    return {**kind, "decisions": total.number, "median_days": total.days, "recusals": total.recusals}
