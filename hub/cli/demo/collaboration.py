"""The demonstration's requests, responses, conversations and partnerships, told through the services."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionText
from hub.cli.demo.records import FOLDER, Row
from hub.cli.demo.scene import DECIDER, LANGUAGE, PROPOSER, REVIEWER, Scene
from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import (
    CollaborationRequest,
    Fit,
    OutcomeMoment,
    Response,
    ResponseStatus,
    Side,
)
from hub.collaboration.partnerships.outcomes import OutcomeDetails, agree_outcome, record_outcome
from hub.collaboration.partnerships.plan import StepDetails, add_step
from hub.collaboration.partnerships.service import start_partnership
from hub.collaboration.posting.details import ByName, Dates, Readers, RequestDetails, Requirements
from hub.collaboration.posting.service import begin_request, send_request, submit_request
from hub.collaboration.queries import requirements_of
from hub.collaboration.questions.service import answer_question, ask_question
from hub.collaboration.responses.deciding import accept_response, shortlist_response
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.collaboration.responses.service import draft_response, save_answers, submit_response
from hub.collaboration.review.parties import conflict_with
from hub.collaboration.review.service import publish_request, request_changes
from hub.collaboration.review.taking import take_item
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.models import Entry, Showcase

SCHEMES = ("functions", "offences", "sectors", "countries", "languages", "member_types")


def tell_requests(scene: Scene) -> None:
    """Post the fictional requests and tell what happened to each.

    Args:
        scene: everybody and everything that stands already.
    """
    rows: list[Row] = json.loads((FOLDER / "requests.json").read_text(encoding="utf-8"))
    for row in rows:
        _tell(row, scene)


def _tell(row: Row, scene: Scene) -> None:
    poster = scene.members[row["by"]]
    request = begin_request(poster, _details(row, scene), time_zone="UTC")
    if "receivers" in row:
        send_request(poster, request, version=request.version)
    elif not _review(row, request, scene):
        return
    for asked in row.get("questions", ()):
        question = ask_question(scene.members[asked["by"]], request, words=asked["words"], language=LANGUAGE)
        if "answer" in asked:
            answer_question(poster, question, answer=asked["answer"])
    for said in row.get("responses", ()):
        _respond(said, request, poster, scene)
    if row.get("started"):
        start_partnership(poster, request)
    if "outcome" in row:
        _conclude(row["outcome"], request, scene)


def _review(row: Row, request: CollaborationRequest, scene: Scene) -> bool:
    """Have a coordinator look at an open call; return whether it was published."""
    submit_request(scene.members[row["by"]], request, version=request.version)
    stage = row.get("left_as", "open")
    if stage == "submitted":
        return False
    coordinator = _coordinator(request, scene)
    take_item(coordinator, request)
    if stage == "changes_requested":
        request_changes(coordinator, request, reason="requirements", words=row["words"])
        return False
    publish_request(coordinator, request)
    return True


def _respond(row: Row, request: CollaborationRequest, poster: Member, scene: Scene) -> None:
    responder = scene.members[row["by"]]
    organisation = scene.organisations[row["organisation"]]
    offer = OfferDetails(
        offer=row["offer"],
        conditions=row.get("conditions", ""),
        tlp=request.tlp,
        organisation_id=organisation.id,
    )
    response = draft_response(responder, request, offer, language=LANGUAGE)
    asked = requirements_of(request).requirements
    answers = [
        AnswerDetails(requirement_id=each.id, fit=Fit(fit), evidence=evidence)
        for each, (fit, evidence) in zip(asked, row["answers"], strict=True)
    ]
    number = request.requirements_number
    save_answers(responder, response, answers, requirements=number, version=response.version)
    submit_response(responder, response, version=response.version)
    if row.get("status") == ResponseStatus.SHORTLISTED:
        shortlist_response(poster, response)
    elif row.get("status") == ResponseStatus.ACCEPTED:
        accept_response(poster, response, version=response.version)
    for account, words in row.get("messages", ()):
        send_message(scene.members[account], response, words=words)
    today = now().date()
    for owner, words, days in row.get("steps", ()):
        step = StepDetails(words=words, owner=Side(owner), due_on=today + timedelta(days=days))
        add_step(poster, response, step)


def _conclude(row: Row, request: CollaborationRequest, scene: Scene) -> None:
    accepted = select(Response).where(
        Response.request_id == request.id, Response.status == ResponseStatus.ACCEPTED
    )
    (response,) = session().scalars(accepted).all()
    details = OutcomeDetails(kind=row["kind"], words=row["words"], language=LANGUAGE)
    outcome = record_outcome(scene.members[row["by"]], response, OutcomeMoment.COMPLETION, details)
    agree_outcome(scene.members[row["agreed_by"]], outcome, version=outcome.version)


def _coordinator(request: CollaborationRequest, scene: Scene) -> Member:
    """Return one who is free of conflict with the request."""
    people = (scene.members[account] for account in (REVIEWER, DECIDER, PROPOSER))
    return next(each for each in people if conflict_with(viewer_of(each), request) is None)


def _details(row: Row, scene: Scene) -> RequestDetails:
    due = datetime.combine(now().date() + timedelta(days=row["days"] + 1), time(), UTC)
    codes: dict[str, Any] = {scheme: tuple(row.get(scheme, ())) for scheme in SCHEMES}
    return RequestDetails(
        type=row["type"],
        language=LANGUAGE,
        title=row["title"],
        summary=row["summary"],
        background=row.get("background", ""),
        outcome_wanted=row["outcome_wanted"],
        brings=row.get("brings", ""),
        requirements=Requirements(tuple(row["essential"]), tuple(row.get("nice", ()))),
        innovation_id=_innovation_id(row["about"]) if "about" in row else None,
        **_origin(row),
        organisation_id=scene.organisations[row["organisation"]].id if "organisation" in row else None,
        readers=_readers(row, scene),
        dates=Dates("UTC", due),
        **codes,
    )


def _origin(row: Row) -> dict[str, Any]:
    """Return the entry of a showcase that a request was born from, whose report may count it."""
    if "after" not in row:
        return {}
    entry = (
        session()
        .scalars(
            select(Entry)
            .join(Showcase, Showcase.id == Entry.showcase_id)
            .where(Showcase.name == row["after"], Entry.innovation_id == _innovation_id(row["about"]))
        )
        .one()
    )
    return {"showcase_id": entry.showcase_id, "entry_id": entry.id, "is_counted": True}


def _readers(row: Row, scene: Scene) -> Readers:
    tlp = Tlp(row.get("tlp", "CLEAR"))
    if "receivers" in row:
        named = frozenset(scene.organisations[name].id for name in row["receivers"])
        return ByName(tlp, organisation_ids=named)
    return Readership(Audience(row.get("audience", "public")), tlp)


def _innovation_id(name: str) -> int:
    return (
        session()
        .scalars(
            select(Innovation.id)
            .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
            .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
            .where(RevisionText.name == name)
            .distinct()
        )
        .one()
    )
