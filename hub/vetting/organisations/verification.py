"""Verification of organisations: asked for, decided by a coordinator or the country's focal point, held for a year."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import lock_commits, session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
)
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS, conflict_of
from hub.integrity.queries import deciders
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.service import subject_of
from hub.notifications.service import notify
from hub.organisations.details import details_of, domain_within, snapshot
from hub.organisations.documents import requeue
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.people import is_unspoken, speakers
from hub.organisations.permissions import oversees
from hub.organisations.service import hold
from hub.organisations.similar import same_organisations
from hub.vetting.applications import require_words, start_membership
from hub.vetting.lifecycle import ORGANISATIONS, VERIFICATIONS
from hub.vetting.models import OrganisationVerification
from hub.vetting.models.verifications import EVIDENCE_LENGTH
from hub.vetting.organisations.permissions import (
    can_ask_verification,
    can_withdraw_verification,
    involvement_of,
    is_verification_due,
    verification_conflict,
)

VERIFIED_FOR = timedelta(days=365)
"""How long a verification holds."""

OVERSEERS = frozenset({Role.COORDINATOR, Role.FOCAL_POINT})


def ask_verification(actor: Member, organisation: Organisation, words: str) -> OrganisationVerification:
    """Ask to have an organisation verified, for the first time or again.

    Where nobody speaks for it any approved member may ask, and speaks for it once that is approved.

    Args:
        actor: who asks.
        organisation: which one.
        words: what the deciders should know.

    Raises:
        NotFoundError: it is not for the actor to ask.
        InvalidError: no words.
        ConflictError: a request waits already, or it is verified for longer than sixty days yet.
    """
    viewer = viewer_of(actor)
    if not can_ask_verification(viewer, organisation):
        raise NotFoundError
    require_words("words", words)
    if actor.id in speakers(organisation) and not is_verification_due(organisation):
        raise ConflictError(
            N_("This organisation is verified. Ask again in the last sixty days of its year.")
        )
    return make_request(viewer, actor, organisation, words)


def make_request(
    viewer: Viewer, actor: Member, organisation: Organisation, words: str
) -> OrganisationVerification:
    """Store a request and tell who may decide it; the caller made sure that the actor may ask.

    Raises:
        ConflictError: one waits already.
    """
    request = OrganisationVerification(
        organisation=organisation,
        requested_by_id=actor.id,
        requested_at=clock.now(),
        words=words.strip(),
        domain=domain_of(actor, organisation),
    )
    session().add(request)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("A request to verify this organisation waits already.")) from None
    record(viewer, Event.ORGANISATION_ASK_VERIFICATION, organisation.subject, reason=request.words)
    notify(free_overseers(request), "verification_asked", request.subject)
    return request


def approve_verification(
    actor: Member,
    request: OrganisationVerification,
    *,
    evidence: str,
    is_article_36_authority: bool,
    version: int,
) -> None:
    """Verify the organisation for a year, which begins after what is left of the present one.

    Who asked where nobody spoke for it represents it from now on.

    Args:
        actor: a coordinator or the country's focal point, free of conflict.
        request: what was asked.
        evidence: what the actor looked at.
        is_article_36_authority: whether it fights corruption through law enforcement (UNCAC Art. 36).
        version: of the organisation, as the actor read it.

    Raises:
        NotFoundError: the actor does not oversee such organisations.
        ForbiddenError: the actor has a conflict of interest.
        InvalidError: no evidence, or more than 1,000 characters.
        StaleVersionError: the organisation was changed after the actor read it.
        ConflictError: it was decided or withdrawn meanwhile, who asked may not speak for it, or another one that
            is verified has its identifier, or its name in its country.
    """
    viewer = _decider(actor, request)
    _require_evidence(evidence)
    # who leaves, changes the organisation or merges it at this moment must be seen
    organisation = request.organisation
    hold(organisation)
    _require_version(organisation, version)
    moment, before = clock.now(), snapshot(organisation)
    is_renewal = organisation.status is OrganisationStatus.VERIFIED
    # who asks early loses none of the days that are left
    begins = max(moment, organisation.verified_until or moment) if is_renewal else moment
    VERIFICATIONS.move(
        request, "approve", decided_by_id=actor.id, decided_at=moment, evidence=evidence.strip()
    )
    ORGANISATIONS.move(
        organisation,
        "verify_again" if is_renewal else "verify",
        verified_at=moment,
        verified_until=begins + VERIFIED_FOR,
        is_article_36_authority=is_article_36_authority,
        version=version + 1,
    )
    record(
        viewer,
        Event.ORGANISATION_VERIFY,
        organisation.subject,
        reason=request.evidence,
        before=before,
        after=snapshot(organisation),
    )
    if is_unspoken(organisation):
        _begin_to_speak(viewer, request)
    notify(speakers(organisation) | {request.requested_by_id}, "organisation_verified", organisation.subject)
    requeue(organisation)
    if not is_renewal:
        _require_only_one(organisation)


def decline_verification(actor: Member, request: OrganisationVerification, *, words: str) -> None:
    """Refuse a request with words that who asked reads.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for approving.
    """
    viewer = _decider(actor, request)
    require_words("words", words)
    VERIFICATIONS.move(
        request, "decline", decided_by_id=actor.id, decided_at=clock.now(), decision_words=words.strip()
    )
    organisation = request.organisation
    record(viewer, Event.ORGANISATION_DECLINE, organisation.subject, reason=request.decision_words)
    told = speakers(organisation)
    notify(told, "verification_declined", organisation.subject)
    notify({request.requested_by_id} - told, "speaking_declined", organisation.subject)


def withdraw_verification(actor: Member, request: OrganisationVerification) -> None:
    """Take a request back.

    Raises:
        NotFoundError: the actor neither asked nor represents the organisation.
        ConflictError: it was decided meanwhile.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_verification(viewer, request):
        raise NotFoundError
    withdraw_request(viewer, request)


def withdraw_request(viewer: Viewer, request: OrganisationVerification) -> None:
    """Take back a request that nobody needs to decide any more; the caller made sure that `viewer` may.

    Raises:
        ConflictError: it was decided meanwhile.
    """
    VERIFICATIONS.move(request, "withdraw", decided_at=clock.now())
    record(viewer, Event.ORGANISATION_WITHDRAW, request.organisation.subject)


def domain_of(member: Member, organisation: Organisation) -> str | None:
    """Return the mail domain of the organisation at which a member has a confirmed address, or None."""
    if member.email_confirmed_at is None or member.email is None:
        return None
    domain = member.email.rpartition("@")[2]
    return domain_within(domain, (each.domain for each in organisation.domains))


def free_overseers(request: OrganisationVerification) -> frozenset[int]:
    """Return the ids of those who may decide a request."""
    involvement = involvement_of(request.organisation, request.requested_by_id)
    return frozenset(
        each.member_id
        for each in deciders(OVERSEERS)
        if each.member_id is not None
        and oversees(each, request.organisation)
        and conflict_of(each, involvement) is None
    )


def _begin_to_speak(viewer: Viewer, request: OrganisationVerification) -> None:
    member, organisation = request.requested_by, request.organisation
    if not member.is_approved:
        raise ConflictError(N_("This person is not an approved member."))
    promoted = session().execute(
        update(OrganisationMembership)
        .where(
            OrganisationMembership.organisation_id == organisation.id,
            OrganisationMembership.member_id == member.id,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
        .values(role=MembershipRole.REPRESENTATIVE)
    )
    if promoted.rowcount:  # type: ignore[attr-defined]
        after = {"organisation": organisation.slug, "role": MembershipRole.REPRESENTATIVE}
        record(viewer, Event.MEMBERSHIP_CHANGE, subject_of(member), after=after)
    else:
        start_membership(viewer, member, organisation, MembershipRole.REPRESENTATIVE)


def _decider(actor: Member, request: OrganisationVerification) -> Viewer:
    viewer = viewer_of(actor)
    if not oversees(viewer, request.organisation):
        raise NotFoundError
    conflict = verification_conflict(viewer, request)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    return viewer


def _require_evidence(evidence: str) -> None:
    if not evidence.strip():
        raise InvalidError(N_("Say what you looked at."), field="evidence")
    if len(evidence) > EVIDENCE_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field="evidence", most=EVIDENCE_LENGTH)


def _require_only_one(organisation: Organisation) -> None:
    """Refuse to verify two of one identifier, or of one name in one country."""
    # whoever verifies the other one at this moment must be seen
    lock_commits()
    others = same_organisations(details_of(organisation), but=organisation)
    if any(each.status is OrganisationStatus.VERIFIED for each in others):
        raise ConflictError(
            N_(
                "Another organisation with this name or identifier is verified."
                " Decline this one, or have the two merged."
            )
        )


def _require_version(organisation: Organisation, version: int) -> None:
    if organisation.is_merged:
        raise ConflictError(N_("This organisation was merged into another one."))
    if organisation.version != version:
        raise StaleVersionError(N_("This organisation was changed after you opened it. Read it again."))
