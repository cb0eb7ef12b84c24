"""Reading responses: one by both of its sides, all of them side by side by the requester."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.collaboration.lifecycle import RESPONSES
from hub.collaboration.models import Response, ResponseStatus, Side
from hub.collaboration.permissions import side_of
from hub.collaboration.queries import request_by_id, requirements_of
from hub.collaboration.responses.comparing import answers_to, compare, standing_of
from hub.collaboration.responses.conflicts import known_to_responder, ties_of
from hub.collaboration.responses.deciding import DECIDABLE
from hub.collaboration.responses.details import missing_in
from hub.collaboration.responses.queries import (
    innovations_named,
    requirements_by_number,
    response_in_full,
    responses_to,
    unable_ids,
)
from hub.core.errors import HubError
from hub.core.pagination import Page, PageRequest
from hub.members.profiles.queries import visible_member_ids
from hub.web.access import members_only
from hub.web.catalogue.named import named
from hub.web.collaboration.asker import asker_of
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.own import own_request
from hub.web.collaboration.response_forms import fit_words
from hub.web.collaboration.responses_file import exported, label_of
from hub.web.collaboration.ties import told
from hub.web.i18n import translate
from hub.web.sessions import viewer

A_PAGE = 6
"""Responses side by side on one page."""

CHOOSING = frozenset({"shortlist", "unshortlist", "accept"})
"""What can be done with a response only while its request stands open or is agreed."""


@collaboration.get("/<public_id>/responses")
@members_only
def responses(public_id: str) -> ResponseReturnValue:
    """Show the requester all responses side by side."""
    somebody = viewer()
    wanted = own_request(public_id)
    found = responses_to(wanted, somebody)
    is_all = request.args.get("show") == "all"
    live = [each for each in found if is_all or each.status is not ResponseStatus.DECLINED]
    is_by_fit = request.args.get("sort") == "fit"
    version = requirements_of(wanted)
    whole = compare(live, version, by_fit=is_by_fit)
    asked = PageRequest(request.args.get("page", 1, type=int), A_PAGE)
    columns = whole.columns[asked.offset : asked.offset + A_PAGE]
    shown = [each.response for each in columns]
    return render_template(
        "collaboration/responses.html",
        wanted=wanted,
        asker=asker_of(wanted),
        comparison=whole.only(columns),
        requirements=version,
        page=Page(columns, len(whole.columns), asked),
        declined=sum(each.status is ResponseStatus.DECLINED for each in found),
        ties={number: told(ties) for number, ties in ties_of(wanted, shown).items()},
        unable=unable_ids(shown),
        profiles=visible_member_ids({each.responder_id for each in shown}, somebody),
        innovations={number: named(each) for number, each in innovations_named(shown, somebody).items()},
        is_all=is_all,
        is_by_fit=is_by_fit,
        fits=fit_words(),
        strictest=label_of(wanted, shown),
        may_export=wanted.tlp is not Tlp.RED and bool(exported(live)),
    )


@collaboration.get("/<public_id>/responses/<response_id>")
@members_only
def response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Show one response to both of its sides, each with what they may do next; a draft as a list of its parts."""
    somebody = viewer()
    found = response_in_full(request_by_id(public_id, somebody), response_id, somebody)
    return response_page(found, somebody)


def response_page(found: Response, somebody: Viewer, refused: HubError | None = None) -> str:
    """Return the page of one response.

    Args:
        found: one that the viewer may read.
        somebody: who reads it.
        refused: why it could not be submitted just now.
    """
    wanted = found.request
    side = side_of(somebody, found)
    version = requirements_of(wanted)
    answered = version
    if found.status is not ResponseStatus.DRAFT and found.requirements_number != version.number:
        answered = requirements_by_number(wanted, [found.requirements_number])[found.requirements_number]
    answers = answers_to(found, answered)
    ties = ties_of(wanted, [found])[found.id]
    actions = set(RESPONSES.actions(somebody, found, found.status))
    is_open = wanted.takes_responses
    is_draft = found.status is ResponseStatus.DRAFT
    missing = list(missing_in(found, version)) if is_draft else []
    return render_template(
        "collaboration/response.html",
        wanted=wanted,
        response=found,
        asker=asker_of(wanted),
        is_requester=side is Side.REQUESTER,
        is_draft=is_draft,
        is_open=is_open,
        is_older=found.requirements_number != version.number,
        is_renewed=is_draft and found.requirements_number != version.number,
        may_edit=side is Side.RESPONDER and (is_draft or (is_open and "withdraw" in actions)),
        actions=actions if side is Side.RESPONDER or wanted.status in DECIDABLE else actions - CHOOSING,
        version=answered,
        answers=answers,
        standing=standing_of(answers, answered),
        missing={each.part: each.words for each in missing},
        ties=told(ties if side is Side.REQUESTER else known_to_responder(ties)),
        is_unable=side is Side.REQUESTER and bool(unable_ids([found])),
        profiles=visible_member_ids({found.responder_id}, somebody),
        innovations={number: named(each) for number, each in innovations_named([found], somebody).items()},
        fits=fit_words(),
        refused=translate(refused.message, **refused.parameters) if refused is not None else "",
    )
