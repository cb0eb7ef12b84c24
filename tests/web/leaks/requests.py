"""Hidden requests: the owner's to Georgian police, and between people who are nobody's viewers; with all about them."""

from hub.collaboration.conversations.calling import call_coordinator
from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import (
    CallStatus,
    MessageFile,
    Outcome,
    OutcomeMoment,
    OutcomeStatus,
    QuestionStatus,
    ReceiverStatus,
    RequestQuestion,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    ResponseStatus,
    Side,
    VersionStatus,
)
from hub.collaboration.partnerships.queries import plan_of
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.cast import did
from tests.catalogue.proofs import stored_file
from tests.collaboration.partners import partners
from tests.collaboration.requests import (
    GEORGIAN_POLICE,
    make_coordinator,
    opened_request,
    submitted_request,
)
from tests.collaboration.responses import responded
from tests.factories import make_member
from tests.web.leaks.words import word


def hide_requests(cast, innovation):
    """Store them; return by the names of addresses what one of each is called."""
    responder, rival = make_member(law_enforcement="GE"), make_member(law_enforcement="GE")
    request = opened_request(
        cast["owner"],
        readership=GEORGIAN_POLICE,
        organisation_id=cast.owner.id,
        innovation_id=innovation.id,
        nice=("Runs without a network",),
    )
    _renew(request)
    response = responded(request, responder, innovation=innovation)
    other = responded(request, rival, status=ResponseStatus.DECLINED)
    asked = _question(request, responder, status=QuestionStatus.ANSWERED)
    message = did(send_message, cast["owner"], response, words="Words")
    did(send_message, responder, response, words="Words")
    file = MessageFile(message_id=message.id, file_id=stored_file("m" * 43).id)
    session().add(file)
    session().commit()
    answered = did(call_coordinator, responder, message.conversation, words="Words")
    answered.status, answered.answer, answered.answered_at = CallStatus.ANSWERED, "Words", now()
    answered.taken_by_id, answered.taken_at = make_coordinator().id, now()
    session().commit()
    did(call_coordinator, responder, message.conversation, words=word("coordinator_calls.words"))
    places = {
        "<public_id>": request.public_id,
        "<response_id>": response.public_id,
        "<question_id>": asked.public_id,
        "<message_id>": message.public_id,
        "<file_id>": file.public_id,
    }
    rivals = {"<public_id>": request.public_id, "<response_id>": other.public_id}
    return [*_strangers(), places, rivals]


def _strangers():
    """Store what goes on between people whom nobody looks at, to the end and on the coordinators' desk."""
    poster, responder = make_member(law_enforcement="GE"), make_member(law_enforcement="GE")
    found = partners(
        RequestStatus.COMPLETED, steps=1, poster=poster, responder=responder, receivers=[responder]
    )
    (receiver,) = found.request.receivers
    receiver.status, receiver.answered_at = ReceiverStatus.ANSWERED, now()
    (step,) = plan_of(found.response)
    outcome = Outcome(
        response=found.response, moment=OutcomeMoment.COMPLETION, kind="piloted", words="Words",
        language="en-GB", side=Side.REQUESTER, recorded_by_id=poster.id, status=OutcomeStatus.DISPUTED,
        answered_by_id=responder.id, answered_at=now(), answer_words="Words",
    )  # fmt: skip
    session().add(outcome)
    waiting = submitted_request(poster, readership=GEORGIAN_POLICE)
    changing = opened_request(poster, readership=GEORGIAN_POLICE)
    _propose(changing)
    _question(changing, responder)
    cancelled = opened_request(poster, readership=GEORGIAN_POLICE, status=RequestStatus.CANCELLED)
    session().commit()
    return [
        {
            "<public_id>": found.request.public_id,
            "<response_id>": found.response.public_id,
            "<step_id>": step.public_id,
            "<outcome_id>": outcome.public_id,
        },
        *({"<public_id>": each.public_id} for each in (waiting, changing, cancelled)),
    ]


def _renew(request):
    """Bring other requirements into force."""
    (first,) = request.requirement_versions
    first.status = VersionStatus.SUPERSEDED
    version = _propose(request)
    version.status, version.in_force_at = VersionStatus.IN_FORCE, now()
    request.requirements_number = version.number
    session().commit()


def _propose(request):
    rows = [Requirement(position=0, is_essential=True, words="Words")]
    version = RequirementsVersion(number=2, status=VersionStatus.PROPOSED, why="Words", requirements=rows)
    version.proposed_by_id = request.posted_by_id
    request.requirement_versions.append(version)
    session().commit()
    return version


def _question(request, asker, **columns):
    if columns:
        columns |= {"answer": "Words", "answered_at": now(), "answered_by_id": request.posted_by_id}
    question = RequestQuestion(
        request=request, asked_by_id=asker.id, language="en-GB", words="Words", **columns
    )
    session().add(question)
    session().commit()
    return question
