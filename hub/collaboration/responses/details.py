"""What somebody says in a response, and what of it can be stored or submitted."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from hub.access.audience import Audience, Tlp, is_lowered
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.models.checking import CHOOSE, check_text
from hub.catalogue.permissions import in_audience_of
from hub.collaboration.models import (
    Fit,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.collaboration.models.response import EVIDENCE_LENGTH, OFFER_LENGTH
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.organisations.models import Organisation

NO_OFFER = N_("Say what you offer.")
NO_FIT = N_("Say whether you meet each essential requirement: in full, in part or not.")
NO_EVIDENCE = N_(
    "Show how you meet each requirement that you say you meet: in words, or with an innovation that all members see."
)
WEAKER_LABEL = N_("The label of a response cannot be weaker than that of the request.")
LABEL_STAYS = N_("The label of a response that was submitted can be raised, not lowered.")
NOT_YOURS = N_("Choose an organisation that you speak for.")


@dataclass(frozen=True, kw_only=True)
class OfferDetails:
    """What is offered.

    Args:
        offer: the offer in the responder's words.
        conditions: on what it depends.
        tlp: how the requester may pass the response on; never weaker than the request's label.
        organisation_id: for which organisation, which the actor represents; None for oneself.
        innovation_id: what is offered where it stands in the catalogue, or None.
    """

    offer: str
    tlp: Tlp
    conditions: str = ""
    organisation_id: int | None = None
    innovation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerDetails:
    """What a response says to one requirement.

    Args:
        requirement_id: id of the requirement, of the version in force.
        fit: how far it is met; None leaves it open.
        evidence: what shows it, in words.
        innovation_id: an innovation that shows it, or None.
    """

    requirement_id: int
    fit: Fit | None = None
    evidence: str = ""
    innovation_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return self.fit is None and not self.evidence and self.innovation_id is None


def check_offer(viewer: Viewer, response: Response, details: OfferDetails) -> None:
    """Refuse an offer that cannot be stored.

    Raises:
        InvalidError: a text is too long, the label too weak, or organisation or innovation not the actor's to name.
    """
    check_text("offer", details.offer, OFFER_LENGTH)
    check_text("conditions", details.conditions, OFFER_LENGTH)
    if is_lowered(response.request.tlp, details.tlp):
        raise InvalidError(WEAKER_LABEL, field="tlp")
    if response.status is not ResponseStatus.DRAFT and is_lowered(response.tlp, details.tlp):
        raise InvalidError(LABEL_STAYS, field="tlp")
    chosen = details.organisation_id
    # a colleague of who responded may leave the organisation as it is, not take it away
    if chosen != response.organisation_id and (
        response.responder_id != viewer.member_id or not _speaks_for(viewer, chosen)
    ):
        raise InvalidError(NOT_YOURS, field="organisation_id")
    if details.innovation_id is not None and details.innovation_id != response.innovation_id:
        _check_seen(viewer, {details.innovation_id}, "innovation")


def check_answers(
    viewer: Viewer,
    response: Response,
    version: RequirementsVersion,
    answers: Collection[AnswerDetails],
) -> None:
    """Refuse answers that cannot be stored.

    Raises:
        InvalidError: a text is too long, an innovation not the actor's to see, or no such requirement is in force.
    """
    asked = [each.requirement_id for each in answers]
    if len(set(asked)) != len(asked) or not set(asked) <= {each.id for each in version.requirements}:
        raise InvalidError(CHOOSE)
    for each in answers:
        check_text("evidence", each.evidence, EVIDENCE_LENGTH)
    named = {each.innovation_id for each in answers if each.innovation_id is not None}
    _check_seen(viewer, named - {each.innovation_id for each in response.answers}, "innovation")


@dataclass(frozen=True)
class Missing:
    """What keeps a response from being submitted: the page where it is said, and what to do."""

    part: str
    words: str


def missing_in(response: Response, version: RequirementsVersion) -> Iterator[Missing]:
    """Yield what a response lacks to be submitted, in the order of the form.

    Args:
        response: the response.
        version: the requirements in force.
    """
    if not response.offer.strip():
        yield Missing("offer", NO_OFFER)
    answers = {each.requirement_id: each for each in response.answers}
    said = [answers.get(each.id) for each in version.essential]
    if any(each is None or each.fit is None for each in said):
        yield Missing("answers", NO_FIT)
    if any(_lacks_evidence(each) for each in said if each is not None):
        yield Missing("answers", NO_EVIDENCE)


def snapshot(response: Response) -> dict[str, object]:
    """Return all that a response says, for the audit log."""
    return {
        "organisation": response.organisation_id,
        "innovation": response.innovation_id,
        "status": str(response.status),
        "requirements": response.requirements_number,
        "offer": response.offer,
        "conditions": response.conditions,
        "tlp": str(response.tlp),
        "answers": [
            [each.requirement_id, each.fit and str(each.fit), each.evidence, each.innovation_id]
            for each in sorted(response.answers, key=lambda each: each.requirement_id)
        ],
        "decision_reason": response.decision_reason,
        "decision_words": response.decision_words,
    }


def organisation_for(viewer: Viewer, chosen: int | None) -> int | None:
    """Return the organisation that somebody responds for: what it was merged into, where that happened."""
    if chosen is None or chosen not in viewer.represents:
        return chosen
    organisation = session().get(Organisation, chosen)
    return organisation.present.id if organisation is not None else None


def can_see_alone(innovation: Innovation) -> bool:
    """Whether every member sees it, so that it can stand for evidence without words: the requester is one."""
    return innovation.is_shown and innovation.audience in (Audience.PUBLIC, Audience.MEMBERS)


def _lacks_evidence(answer: ResponseAnswer) -> bool:
    if answer.fit not in (Fit.MET, Fit.PARTLY) or answer.evidence.strip():
        return False
    return answer.innovation is None or not can_see_alone(answer.innovation)


def _speaks_for(viewer: Viewer, organisation_id: int | None) -> bool:
    return organisation_id is None or organisation_id in viewer.represents


def _check_seen(viewer: Viewer, innovation_ids: Collection[int], field: str) -> None:
    """Refuse innovations that are not shown to who names them; those that stand there already may stay."""
    if not innovation_ids:
        return
    seen = session().scalars(
        select(Innovation.id).where(Innovation.id.in_(sorted(innovation_ids)), in_audience_of(viewer))
    )
    if set(innovation_ids) - set(seen):
        raise InvalidError(CHOOSE, field=field)
