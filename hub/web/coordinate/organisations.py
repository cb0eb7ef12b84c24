"""Verification of organisations: the desk of coordinators and focal points, and one request with its decision."""

from collections.abc import Callable
from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.integrity.escalation import Bench
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.organisations.models import Organisation
from hub.organisations.people import memberships_in
from hub.organisations.permissions import can_view, oversees
from hub.vetting.lifecycle import VERIFICATIONS
from hub.vetting.models import OrganisationVerification, VerificationStatus
from hub.vetting.models.verifications import EVIDENCE_LENGTH
from hub.vetting.organisations.desk import FOCAL_POINTS, verification_desk, verification_shortage
from hub.vetting.organisations.permissions import involvement_of, verification_conflict
from hub.vetting.organisations.queries import evidence_for, verification_by_id, verifications_of
from hub.vetting.organisations.verification import approve_verification, decline_verification
from hub.web.access import confirmed, role
from hub.web.account.profile_form import NO, YES, yes_or_no
from hub.web.catalogue.stale import sent_version
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.fields import CodeField, text_field
from hub.web.i18n import direction_of, translate
from hub.web.organisations.reading import identifier_of
from hub.web.organisations.registering import similar_line
from hub.web.sessions import actor, viewer


class VerificationForm(PersonWordsForm):
    """What the decider looked at, or why the request is declined."""

    evidence = text_field(_l("What you looked at"), EVIDENCE_LENGTH, area=True)
    is_article_36_authority = CodeField(
        _l("Is it an authority of Article 36?"), choices=yes_or_no, default=NO
    )
    words = text_field(_l("Why not"), EVIDENCE_LENGTH, area=True)

    @property
    def said(self) -> str:
        """What was typed, or nothing."""
        return self.words.data or self.evidence.data or ""


@coordinate.get("/coordinate/organisations")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def organisations() -> ResponseReturnValue:
    """List the organisations that ask to be verified: all to coordinators, those of their countries to focal points."""
    return render_template(
        "coordinate/verifications.html",
        items=verification_desk(viewer()),
        now=now(),
        conflict_words=CONFLICT_WORDS,
    )


@coordinate.get("/coordinate/organisations/<public_id>")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
def verification(public_id: str) -> ResponseReturnValue:
    """Show a request; with a conflict, why somebody else must decide and nothing else."""
    found = overseen(public_id)
    conflict = verification_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict)
    return verification_page(found)


def overseen(public_id: str) -> OrganisationVerification:
    """Return a request about an organisation that the viewer oversees.

    Raises:
        NotFoundError: there is none, or they do not.
    """
    found = verification_by_id(public_id, viewer())
    if not oversees(viewer(), found.organisation):
        raise NotFoundError
    return found


def stopped(found: OrganisationVerification, conflict: Conflict) -> str:
    """Return the page that keeps somebody from a request they have a conflict with."""
    organisation: Organisation = found.organisation
    involvement = involvement_of(organisation, found.requested_by_id)
    short = verification_shortage(found, involvement, Bench(), Bench(FOCAL_POINTS))
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement,
            label=translate("Verification"),
            title=organisation.name,
            back=url_for("coordinate.organisations"),
            back_text=translate("Organisations"),
            is_escalated=short is not None,
        )
    )


def verification_page(
    found: OrganisationVerification, form: VerificationForm | None = None, stale: Stale | None = None
) -> str:
    """Return the page of one request; `form` is what was sent and refused, `stale` why it was not carried out."""
    organisation = found.organisation
    answer = YES if organisation.is_article_36_authority else NO
    evidence = evidence_for(found)
    return render_template(
        "coordinate/verification.html",
        asked=found,
        organisation=organisation,
        direction=direction_of(organisation.language),
        form=form or VerificationForm(formdata=None, data={"is_article_36_authority": answer}),
        actions=VERIFICATIONS.actions(viewer(), found, found.status),
        evidence=evidence,
        similar=[similar_line(each) for each in evidence.similar],
        has_page=can_view(viewer(), organisation),
        identifier=identifier_of(organisation),
        memberships=memberships_in(organisation, viewer()),
        earlier=[each for each in verifications_of(organisation, viewer()) if each.id != found.id],
        stale=stale,
        now=now(),
    )


def _approve(found: OrganisationVerification, form: VerificationForm) -> None:
    approve_verification(
        actor(),
        found,
        evidence=form.evidence.data or "",
        is_article_36_authority=form.is_article_36_authority.data == YES,
        version=sent_version(),
    )


def _decline(found: OrganisationVerification, form: VerificationForm) -> None:
    decline_verification(actor(), found, words=form.words.data or "")


DECISIONS: dict[str, Callable[[OrganisationVerification, VerificationForm], None]] = {
    "approve": _approve,
    "decline": _decline,
}
"""Every decision by its verb."""

DONE = {
    VerificationStatus.APPROVED: N_("Verified for a year. Who speaks for it is told."),
    VerificationStatus.DECLINED: N_("Declined. Who asked reads your words and may ask again."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/organisations/<public_id>/<action>")
@role(Role.COORDINATOR, Role.FOCAL_POINT)
@confirmed
def decide_verification(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a request, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    found = overseen(public_id)
    conflict = verification_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict), HTTPStatus.FORBIDDEN
    return decide(
        VerificationForm(),
        lambda form: service(found, form),
        lambda form, stale: verification_page(found, form, stale),
        done=lambda: translate(DONE[found.status]),
        target=url_for("coordinate.verification", public_id=public_id),
    )
