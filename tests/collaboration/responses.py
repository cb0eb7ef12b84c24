"""Responses for tests, stored as far along their way as a test needs; their services have tests of their own."""

from hub.collaboration.models import Fit, Response, ResponseAnswer, ResponseStatus
from hub.collaboration.queries import requirements_of
from hub.core.clock import now
from hub.core.database import session
from tests.factories import make_member

OFFER = "We screen one year of your notices with red flags and hand over the list each week."
EVIDENCE = "In Paraguay it read 30,000 notices a year."


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
