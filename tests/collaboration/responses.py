"""Responses for tests, stored as far along their way as a test needs; their services have tests of their own."""

from hub.access.audience import Tlp
from hub.collaboration.models import Fit, Response, ResponseAnswer, ResponseStatus
from hub.collaboration.queries import requirements_of
from hub.collaboration.requirements.service import propose_requirements
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.collaboration.responses.service import save_answers, submit_response
from hub.core.clock import now
from hub.core.database import session
from tests.collaboration.acts import did
from tests.factories import make_member

OFFER = "We screen one year of your notices with red flags and hand over the list each week."
EVIDENCE = "In Paraguay it read 30,000 notices a year."
OFFERED = OfferDetails(offer=OFFER, tlp=Tlp.CLEAR)


def responded(
    request,
    responder=None,
    *,
    status=ResponseStatus.SUBMITTED,
    organisation=None,
    innovation=None,
    fits=None,
    evidence=EVIDENCE,
    **columns,
):
    """Store a response that lacks nothing.

    Args:
        request: what it answers.
        responder: who responds; made up if not given.
        status: where it stands.
        organisation: for which organisation.
        innovation: what is offered.
        fits: how far each requirement is met, in their order; all of them if not given, None leaves one open.
        evidence: what is said to each requirement that is answered.
        columns: further columns.
    """
    responder = responder or make_member()
    moment = now()
    values = {
        "language": "en-GB",
        "offer": OFFER,
        "tlp": request.tlp,
        "requirements_number": request.requirements_number,
        **columns,
    }
    if status is not ResponseStatus.DRAFT:
        values.setdefault("submitted_at", moment)
    if status in (ResponseStatus.ACCEPTED, ResponseStatus.DECLINED):
        values = {
            "decided_at": moment,
            "decided_by_id": request.posted_by_id,
            "first_answered_at": moment,
            **values,
        }
    version = requirements_of(request, values["requirements_number"])
    fits = [Fit.MET] * len(version.requirements) if fits is None else fits
    response = Response(
        request_id=request.id,
        responder_id=responder.id,
        organisation_id=organisation and organisation.id,
        innovation_id=innovation and innovation.id,
        status=status,
        answers=[
            ResponseAnswer(requirement_id=each.id, fit=fit, evidence=evidence if fit is not Fit.NOT else "")
            for each, fit in zip(version.requirements, fits, strict=False)
            if fit is not None
        ],
        **values,
    )
    session().add(response)
    session().commit()
    return response


def drafted(request, responder, **columns):
    """Store a draft that lacks nothing."""
    return responded(request, responder, status=ResponseStatus.DRAFT, **columns)


def answers_for(request, *fits, evidence=EVIDENCE):
    """Return what is said to the requirements in force, in their order."""
    requirements = requirements_of(request).requirements
    return [
        AnswerDetails(requirement_id=each.id, fit=fit, evidence=evidence)
        for each, fit in zip(requirements, fits, strict=False)
    ]


def save(responder, response, answers, **changes):
    """Save answers to the requirements in force."""
    request = response.request
    values = {"requirements": request.requirements_number, "version": response.version, **changes}
    did(save_answers, responder, response, answers, **values)


def submit(actor, response, **changes):
    """Submit a draft as it is."""
    did(submit_response, actor, response, **{"version": response.version, **changes})


def renewed(request, *essential, why="Something changed."):
    """Bring other requirements into force, as those of named receivers are at once."""
    return did(
        propose_requirements, request.posted_by, request, essential=list(essential), nice_to_have=[], why=why
    )
