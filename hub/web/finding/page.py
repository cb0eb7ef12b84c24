"""The page of a directory for what an address asks, or the results alone for a script that asks for them."""

from dataclasses import replace

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.core.pagination import Page
from hub.search.queries import find, nearest
from hub.web.finding.also import also_searched
from hub.web.finding.asked import Asked, asked
from hub.web.finding.directory import Directory
from hub.web.finding.options import chips, groups_of, labels_of, spelling, wider
from hub.web.i18n import translate
from hub.web.limits import SEARCHES, browser, spend
from hub.web.runtime import runtime

SEARCHED_TOO_FAST = N_(
    "The hub answers %(number)s searches within four seconds, and more came from you or from your network."
    " What you searched for is kept: wait a moment, then search again."
)


def show(directory: Directory) -> ResponseReturnValue:
    """Return the page of a directory for what the address asks, or 429 with the search kept."""
    search = asked(directory)
    try:
        spend(SEARCHES, SEARCHED_TOO_FAST, key=browser())
    except TooManyError as error:
        return _too_fast(error, search)
    results = find(runtime().search, search.query)
    near = nearest(runtime().search, search.query, results)
    lines = directory.lines(search, results)
    known = labels_of(search, results)
    nothing = not results.total
    # htmx takes the results only, with the counts beside them; everybody else gets the page round them
    page = render_template(
        "finding/results.html" if _is_refresh() else "finding/search.html",
        directory=directory,
        search=search,
        results=results,
        lines=lines,
        near=directory.lines(search, replace(results, ids=near)) if near else (),
        page=Page(lines, results.total, search.query.page),
        groups=groups_of(search, results, known),
        chips=chips(search, known),
        chosen=search.chosen,
        also=also_searched(results),
        said=directory.words.found(results.total),
        spelling=spelling(search, results),
        wider=wider(search, known) if nothing else (),
        newest=directory.newest() if nothing else (),
        **directory.more(search),
    )
    answer = make_response(page)
    answer.vary.add("HX-Request")
    return answer


def _is_refresh() -> bool:
    """Whether a script asks for the results alone, to put them into the page that is shown."""
    return "HX-Request" in request.headers


def _too_fast(error: TooManyError, search: Asked) -> Response:
    """Return 429 with the search as it was asked, so that one click asks it again."""
    page = render_template(
        "finding/too_fast_part.html" if _is_refresh() else "finding/too_fast.html",
        directory=search.directory,
        search=search,
        said=translate(error.message, **error.parameters),
    )
    answer = make_response(page, error.status)
    answer.headers["Retry-After"] = str(error.retry_after)
    answer.vary.add("HX-Request")
    return answer
