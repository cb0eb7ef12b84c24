"""The directory of commitments: search, filters, a list or the plans in time, and the same as a file."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.access.viewer import VISITOR
from hub.commitments.directory import (
    NOT_ASSESSED,
    CommitmentFilters,
    CommitmentSort,
    Facet,
    Facets,
    completions,
    facets,
    listed_commitments,
    plan_groups,
)
from hub.commitments.models import CommitmentStatus
from hub.commitments.owning.queries import present_owners
from hub.commitments.permissions import can_enter
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.insights.kept import kept
from hub.interchange.commitments import commitment_pieces
from hub.web.access import public
from hub.web.commitments.blueprint import commitment_files, commitments
from hub.web.commitments.words import STATUS_NAMES, years_of
from hub.web.finding.page import SEARCHED_TOO_FAST
from hub.web.i18n import by_name, country_name, language, term, translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.runtime import runtime
from hub.web.sessions import viewer

LONGEST_WORDS = 200

SORTS = {
    CommitmentSort.NEWEST: N_("Latest action plan first"),
    CommitmentSort.CODE: N_("Code"),
    CommitmentSort.TITLE: N_("Title"),
    CommitmentSort.SAVED: N_("Latest change of the record first"),
}

PLANS = "plans"
"""The view that shows action plans in time."""

YES, NO = "yes", "no"

Select = tuple[str, str, str, list[tuple[str, str]]]
"""Name, label, what is chosen, and all values with their words."""


@commitments.get("")
@public
def directory() -> ResponseReturnValue:
    """List the commitments that this reader may know of.

    Raises:
        TooManyError: more lists from one browser or network than the hub makes.
    """
    somebody = viewer()
    if somebody == VISITOR and not _is_narrowed():
        body = kept(("commitments", language().code), _drawn)
    else:
        spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
        body = _drawn()
    return render_template(
        "commitments/directory.html",
        body=body,
        is_whole=not request.args,
        may_enter=can_enter(somebody),
    )


@commitment_files.get("/commitments.csv")
@public
def directory_csv() -> ResponseReturnValue:
    """Send what everybody may read of the commitments that the address asks for as CSV.

    Raises:
        TooManyError: more lists from one browser or network than the hub makes.
    """
    spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
    pieces = commitment_pieces(asked_filters(), asked_sort(), runtime().settings.base_url)
    answer = Response("".join(pieces), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=commitments.csv"
    return answer


def _is_narrowed() -> bool:
    """Whether the address asks for anything but the first page of everything."""
    is_moved = any(request.args.get(name) for name in ("view", "page"))
    return is_moved or bool(arguments_of(asked_filters(), asked_sort()))


def _drawn() -> Markup:
    """Return form and list in this request's language."""
    somebody, filters, sort = viewer(), asked_filters(), asked_sort()
    is_plans = request.args.get("view") == PLANS
    page = listed_commitments(somebody, filters, PageRequest(request.args.get("page", 1, type=int)), sort)
    groups = plan_groups(somebody, filters) if is_plans else []
    shown = [each for group in groups for each in group.commitments] or page.items
    arguments = arguments_of(filters, sort)
    template = current_app.jinja_env.get_template("commitments/_directory.html")
    body = template.render(
        page=page,
        groups=groups,
        is_plans=is_plans,
        completions=completions([each.id for each in shown]),
        owners=present_owners(shown),
        filters=filters,
        selects=selects(facets(somebody, filters), arguments),
        sorts=[(str(code), translate(word)) for code, word in SORTS.items()],
        sort=str(sort),
        arguments=arguments,
        viewed={**arguments, "view": PLANS} if is_plans else arguments,
        years_of=years_of,
    )
    return Markup(body)  # noqa: S704 - what a template escaped


def asked_filters() -> CommitmentFilters:
    """Return what the address asks for; what it cannot mean narrows nothing."""
    asked = request.args
    status, owner = asked.get("status", ""), asked.get("owner", "")
    return CommitmentFilters(
        words=" ".join(asked.get("q", "")[:LONGEST_WORDS].split()),
        country=asked.get("country", "")[:2],
        plan=asked.get("plan", "")[:40],
        policy_area=asked.get("area", "")[:60],
        status=CommitmentStatus(status) if status in set(CommitmentStatus) else None,
        completion=asked.get("completion", "")[:40],
        has_owner={YES: True, NO: False}.get(owner),
        year=asked.get("year", type=int),
    )


def asked_sort() -> CommitmentSort:
    """Return the order that the address asks for, or the usual one."""
    asked = request.args.get("sort", "")
    return CommitmentSort(asked) if asked in set(CommitmentSort) else CommitmentSort.NEWEST


def arguments_of(filters: CommitmentFilters, sort: CommitmentSort) -> dict[str, str]:
    """Return filters and order as arguments of an address, without those that change nothing."""
    owner = {True: YES, False: NO, None: ""}[filters.has_owner]
    found = {
        "q": filters.words,
        "country": filters.country,
        "plan": filters.plan,
        "area": filters.policy_area,
        "status": str(filters.status or ""),
        "completion": filters.completion,
        "owner": owner,
        "year": str(filters.year or ""),
        "sort": "" if sort is CommitmentSort.NEWEST else str(sort),
    }
    return {name: value for name, value in found.items() if value}


def selects(counted: Facets, chosen: dict[str, str]) -> list[Select]:
    """Return the lists of the form, each value with how many commitments it leaves."""
    offered: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (
        ("country", translate("Country"), _named(counted.countries, country_name)),
        ("plan", translate("Action plan"), [(each.value, _with(each.name, each)) for each in counted.plans]),
        (
            "area",
            translate("Policy area"),
            _named(counted.policy_areas, lambda code: term("ogp_policy_areas", code)),
        ),
        (
            "completion",
            translate("Completion, as last assessed"),
            _named(counted.completions, completion_name),
        ),
        (
            "status",
            translate("Record"),
            [
                (str(each.value), _with(translate(STATUS_NAMES[each.value]), each))
                for each in counted.statuses
            ],
        ),
        ("owner", translate("Owner on the hub"), [_owner(each) for each in counted.owners]),
        (
            "year",
            translate("Plan began in"),
            [(str(each.value), _with(str(each.value), each)) for each in counted.years],
        ),
    )
    return [
        (name, label, chosen.get(name, ""), [("", translate("All")), *values])
        for name, label, values in offered
        if len(values) > 1 or chosen.get(name)
    ]


def completion_name(code: str) -> str:
    """Return what a completion is called, also where nobody has assessed it."""
    return translate("Not assessed") if code == NOT_ASSESSED else term("irm_completion", code)


def _named(found: Sequence[Facet], say: Callable[[Any], str]) -> list[tuple[str, str]]:
    words = {say(each.value): each for each in found}
    return [(str(words[name].value), _with(name, words[name])) for name in by_name(words)]


def _owner(facet: Facet) -> tuple[str, str]:
    if facet.value:
        return YES, _with(translate("Somebody answers for it"), facet)
    return NO, _with(translate("Nobody answers for it"), facet)


def _with(words: str, facet: Facet) -> str:
    return translate("%(name)s (%(number)s)", name=words, number=facet.count)
