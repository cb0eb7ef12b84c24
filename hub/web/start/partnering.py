"""How everything of requests, responses and partnerships that can wait on somebody is called, and where it is done."""

from collections.abc import Callable

from flask import url_for
from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.collaboration.models import OutcomeMoment
from hub.collaboration.own import ENDS, Matter
from hub.collaboration.partnerships.permissions import FOLLOW_UPS
from hub.web.start.desks import Desk
from hub.web.zones import MINUTE

MINE = "collaboration.mine"


def _desk(kind: str, title: Callable[[int], str], why: LazyString, action: LazyString) -> Desk:
    moment = next((each for each in FOLLOW_UPS if each.value == kind), None)
    ends = kind in ENDS
    # a due date is stored as the first moment after the last minute that counts
    after = FOLLOW_UPS[moment][0] if moment else -MINUTE if ends else Desk.after
    return Desk(title, why, MINE, action, is_promised=False, ends=ends, after=after)


_DESKS = (
    (
        "request_asked",
        lambda n: ngettext(
            "Respond to the request sent to you", "Respond to the %(num)s requests sent to you", n
        ),
        _l("Somebody asked you by name. You can also say that you will not respond."),
        _l("Read it"),
    ),
    (
        "response_draft",
        lambda n: ngettext("Finish your response", "Finish your %(num)s responses", n),
        _l("Nobody sees it until you submit it, and after that day none is taken."),
        _l("Go on"),
    ),
    (
        "response_outdated",
        lambda n: ngettext(
            "Answer the changed requirements", "Answer the changed requirements of %(num)s requests", n
        ),
        _l("Your response answers an older version. It counts as it is, and you can bring it up to date."),
        _l("Look at it"),
    ),
    (
        "questions",
        lambda n: ngettext("Answer a question", "Answer %(num)s questions", n),
        _l(
            "Whoever thinks of responding waits for it. The answer is for everybody, without the asker’s name."
        ),
        _l("Answer"),
    ),
    (
        "responses",
        lambda n: ngettext("Read a response and decide", "Read %(num)s responses and decide", n),
        _l("Who responded always gets an answer: shortlist, accept or decline."),
        _l("Read"),
    ),
    (
        "request_changes",
        lambda n: ngettext("Change your request", "Change %(num)s requests", n),
        _l("A coordinator asked for changes; the reasons stand on its page."),
        _l("Make the changes"),
    ),
    (
        "request_draft",
        lambda n: ngettext(
            "Finish your request for a partner", "Finish your %(num)s requests for partners", n
        ),
        _l("Nobody else sees it yet."),
        _l("Go on"),
    ),
    (
        "receivers_refused",
        lambda n: ngettext(
            "Nobody you asked will respond: decide what comes next",
            "Nobody you asked will respond to %(num)s requests: decide what comes next",
            n,
        ),
        _l("Withdraw it, or post it anew as an open call or to others."),
        _l("See their answers"),
    ),
    (
        "request_expired",
        lambda n: ngettext(
            "Open your request again, or let it go", "Open %(num)s requests again, or let them go", n
        ),
        _l("It expired. Until thirty days later it can be opened again, and its responses wait so long."),
        _l("Choose new dates"),
    ),
    (
        "request_agreed",
        lambda n: ngettext("Plan and start with your partner", "Plan and start with %(num)s partners", n),
        _l("A response is accepted. One step in the plan is enough to start."),
        _l("Open the plan"),
    ),
    (
        "response_agreed",
        lambda n: ngettext(
            "Plan the first steps with your partner", "Plan the first steps with %(num)s partners", n
        ),
        _l("Your response was accepted. Both sides write the plan."),
        _l("Open the plan"),
    ),
    (
        "outcome_missing",
        lambda n: ngettext("Record what came of the work", "Record what came of %(num)s partnerships", n),
        _l("No step of the plan is left to do."),
        _l("Record it"),
    ),
    (
        "outcome_to_sign",
        lambda n: ngettext(
            "Agree to an outcome or dispute it", "Agree to %(num)s outcomes or dispute them", n
        ),
        _l("The other side recorded what came of it. It counts when both have signed."),
        _l("Read and sign"),
    ),
    (
        "outcome_disputed",
        lambda n: ngettext("Answer a dispute about an outcome", "Answer disputes about %(num)s outcomes", n),
        _l("The other side disputes what you recorded."),
        _l("Put it differently"),
    ),
    (
        OutcomeMoment.SIX_MONTHS.value,
        lambda n: ngettext(
            "Tell what became of it after six months",
            "Tell what became of %(num)s partnerships after six months",
            n,
        ),
        _l("Two sentences are enough. The other side agrees or disputes."),
        _l("Answer"),
    ),
    (
        OutcomeMoment.TWELVE_MONTHS.value,
        lambda n: ngettext(
            "Tell what became of it after a year", "Tell what became of %(num)s partnerships after a year", n
        ),
        _l("Two sentences are enough. The other side agrees or disputes."),
        _l("Answer"),
    ),
)

PARTNERING: dict[str, Desk] = {kind: _desk(kind, title, why, action) for kind, title, why, action in _DESKS}
"""Every kind of `hub.collaboration.own.matters_of`, by its name."""

OF_REQUEST = {
    "request_asked": ("show", ""),
    "questions": ("show", "questions"),
    "responses": ("responses", ""),
    "receivers_refused": ("show", "receivers"),
    "request_changes": ("draft", ""),
    "request_draft": ("draft", ""),
    "request_expired": ("reopen", ""),
}
"""Where what is about a request as a whole is done: endpoint and anchor."""

OF_RESPONSE = {"response_draft": ("response", ""), "response_outdated": ("response", "")}
"""Where what is about one response is done, if not on the page of the partnership."""


def place_of(matter: Matter) -> str:
    """Return the address where one thing that waits is done."""
    if matter.response is None:
        name, anchor = OF_REQUEST[matter.kind]
        return url_for(f"collaboration.{name}", public_id=matter.request.public_id, _anchor=anchor or None)
    name, anchor = OF_RESPONSE.get(matter.kind, ("partnership", ""))
    return url_for(
        f"collaboration.{name}",
        public_id=matter.request.public_id,
        response_id=matter.response.public_id,
        _anchor=anchor or None,
    )
