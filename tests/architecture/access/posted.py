"""Requests for the one hub of the access tables: for every audience and in every state that the tables speak of."""

from hub.access.audience import Tlp
from hub.collaboration.conversations.calling import call_coordinator
from hub.collaboration.conversations.service import leave_conversation, send_message
from hub.collaboration.models import (
    MessageFile,
    Outcome,
    OutcomeMoment,
    RequestQuestion,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.cast import did
from tests.catalogue.proofs import stored_file
from tests.collaboration.partners import planned
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    POLICE,
    drafted_request,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member

FILE = "q" * 43
"""Name of the file of the one message that has one."""


def add_requests(world, cast):
    """Add them: the owner asks for the owning agency, the party responds for the adopting one, and so does a rival."""
    owner, party, member = cast["owner"], cast["party"], cast["member"]
    asking = {"poster": owner, "organisation_id": cast.owner.id}
    open_request = opened_request(**asking)
    georgian = opened_request(readership=GEORGIAN_POLICE, **asking)
    withdrawn = opened_request(status=RequestStatus.WITHDRAWN, **asking)
    for name, request in (
        ("open request", open_request),
        ("Georgian request", georgian),
        ("withdrawn request", withdrawn),
        ("request of police", opened_request(readership=POLICE, **asking)),
        ("named request", opened_request(receivers=[member, cast.adopting], **asking)),
        ("red request", opened_request(receivers=[member], tlp=Tlp.RED, **asking)),
        ("named draft", drafted_request(receivers=[member], **asking)),
        ("request draft", drafted_request(**asking)),
        ("submitted request", submitted_request(**asking)),
        ("submitted Georgian request", submitted_request(readership=GEORGIAN_POLICE, **asking)),
        (
            "taken request",
            submitted_request(readership=GEORGIAN_POLICE, taken_by=cast["coordinator"], **asking),
        ),
        ("expired request", opened_request(status=RequestStatus.EXPIRED, **asking)),
    ):
        world.add(name, public_id=request.public_id)
    rival = make_member(law_enforcement="GE")
    offering = {"responder": party, "organisation": cast.adopting}
    response = responded(open_request, **offering)
    drafted = opened_request(**asking)
    for name, made in (
        ("response", response),
        ("rival response", responded(open_request, rival)),
        ("response of police", responded(georgian, cast["law enforcement"])),
        ("withdrawn response", responded(withdrawn, **offering, status=ResponseStatus.WITHDRAWN)),
        ("response draft", responded(drafted, **offering, status=ResponseStatus.DRAFT)),
    ):
        _add_response(world, name, made)
    _add_questions(world, open_request, member)
    _add_versions(world, asking)
    _add_partnerships(world, cast, asking, offering)
    _add_conversations(world, cast, asking, offering, rival)


def _add_response(world, name, response, **places):
    world.add(name, public_id=response.request.public_id, response_id=response.public_id, **places)


def _add_questions(world, request, member):
    question = RequestQuestion(request=request, asked_by_id=member.id, language="en-GB", words="By when?")
    session().add(question)
    session().commit()
    world.add("question", public_id=request.public_id, question_id=question.public_id)


def _add_versions(world, asking):
    for name, more in (
        ("new requirements", {}),
        ("new Georgian requirements", {"readership": GEORGIAN_POLICE}),
    ):
        request = opened_request(**asking, **more)
        version = RequirementsVersion(
            request_id=request.id, number=2, status=VersionStatus.PROPOSED, why="It is harder.",
            proposed_by_id=asking["poster"].id,
            requirements=[Requirement(position=0, is_essential=True, words="Reads OCDS 1.1")],
        )  # fmt: skip
        session().add(version)
        session().commit()
        world.add(name, public_id=version.public_id)
    world.add("changing request", public_id=request.public_id)


def _add_partnerships(world, cast, asking, offering):
    """Add an agreed request with a plan, and one that was completed, whose outcome waits for the party to sign."""
    agreed = opened_request(status=RequestStatus.AGREED, agreed_at=now(), **asking)
    accepted = responded(agreed, **offering, status=ResponseStatus.ACCEPTED)
    step = planned(accepted)
    dates = dict.fromkeys(("agreed_at", "started_at", "completed_at"), now())
    completed = opened_request(status=RequestStatus.COMPLETED, **dates, **asking)
    signed = responded(completed, **offering, status=ResponseStatus.ACCEPTED)
    outcome = Outcome(
        response=signed, moment=OutcomeMoment.COMPLETION, kind="piloted", words="It ran.", language="en-GB",
        side=Side.REQUESTER, recorded_by_id=cast["owner"].id,
    )  # fmt: skip
    session().add_all((step, outcome))
    session().commit()
    _add_response(world, "partnership", accepted)
    _add_response(world, "step", accepted, step_id=step.public_id)
    # the step of one partnership at the address of another
    _add_response(world, "stray step", signed, step_id=step.public_id)
    _add_response(world, "outcome", signed, outcome_id=outcome.public_id)


def _add_conversations(world, cast, asking, offering, rival):
    """Add three: with the party, with a rival, and one with the rival from which the coordinator took a call."""
    request = opened_request(**asking)
    ours, theirs = responded(request, **offering), responded(request, rival)
    taken = responded(opened_request(**asking), rival)
    said = {name: did(send_message, cast["owner"], each, words="Can you?") for name, each in (
        ("conversation", ours), ("rival conversation", theirs), ("taken conversation", taken),
    )}  # fmt: skip
    file = MessageFile(message_id=said["conversation"].id, file_id=stored_file(FILE).id)
    session().add(file)
    session().commit()
    for name, response in (
        ("conversation", ours),
        ("rival conversation", theirs),
        ("taken conversation", taken),
    ):
        _add_response(world, name, response)
    left = responded(opened_request(**asking), **offering)
    did(leave_conversation, cast["party"], did(send_message, cast["owner"], left, words="And?").conversation)
    _add_response(world, "left conversation", left)
    _add_response(world, "file", ours, file_id=file.public_id)
    _add_response(world, "stray file", theirs, file_id=file.public_id)
    _add_response(world, "sent message", ours, message_id=said["conversation"].public_id)
    _add_response(world, "stray message", ours, message_id=said["rival conversation"].public_id)
    call = did(call_coordinator, cast["owner"], said["conversation"].conversation, words="Help us.")
    world.add("call from a conversation", public_id=call.public_id)
    held = did(call_coordinator, cast["owner"], said["taken conversation"].conversation, words="Help us.")
    held.taken_by_id, held.taken_at = cast["coordinator"].id, now()
    session().commit()
    world.add("taken call", public_id=held.public_id)
