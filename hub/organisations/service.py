"""Adds organisations and memberships, and law-enforcement status while the hub is set up."""

from datetime import timedelta

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.core.ids import new_public_id
from hub.core.slugs import slugify
from hub.members.models import Member
from hub.members.profiles.documents import requeue as requeue_member
from hub.members.service import BOOTSTRAP, require_bootstrap, require_code, require_text, subject_of
from hub.organisations.documents import requeue
from hub.organisations.models import (
    TITLE_LENGTH,
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)

LAW_ENFORCEMENT_FOR = timedelta(days=365)
"""How long a verification of law enforcement holds."""


def add_organisation(
    name: str,
    *,
    country: str | None,
    type: str | None = None,  # noqa: A002 - the field's own name
    status: OrganisationStatus = OrganisationStatus.UNVERIFIED,
) -> Organisation:
    """Add an organisation, unverified unless said otherwise.

    Args:
        name: its name as it writes it.
        country: ISO 3166-1 alpha-2 code, or None for an international body or where unknown.
        type: code of the organisation types, or None where unknown.
        status: how far it is verified.

    Returns:
        The stored organisation, with a slug that nobody else has.
    """
    organisation = Organisation(
        slug=f"{slugify(name)[:50]}-{new_public_id()[:6]}".strip("-"),
        name=name,
        country=country,
        type=type,
        status=status,
        created_at=clock.now(),
    )
    session().add(organisation)
    session().flush()
    requeue(organisation)
    return organisation


def hold(*organisations: Organisation) -> None:
    """Wait for whoever changes or leaves one of the organisations at this moment, then read them anew.

    Always the first row that a change of an organisation locks; the commit lock comes last, as everywhere.
    """
    for organisation in sorted(organisations, key=lambda each: each.id):
        session().expire(organisation)
        # what refers to it, such as a new membership, need not wait
        session().refresh(organisation, with_for_update={"key_share": True})


def add_membership(
    organisation: Organisation, member: Member, role: MembershipRole
) -> OrganisationMembership:
    """Make `member` an active member of `organisation` in `role`, for the first time or again.

    Raises:
        ConflictError: they belong to it, or it turned out to be another one.
    """
    if organisation.is_merged:
        raise ConflictError(N_("This organisation was merged into another one."))
    membership = session().scalar(
        select(OrganisationMembership).where(
            OrganisationMembership.organisation_id == organisation.id,
            OrganisationMembership.member_id == member.id,
        )
    )
    if membership is not None and membership.status is MembershipStatus.ACTIVE:
        raise ConflictError(N_("This member belongs to this organisation already."))
    if membership is None:
        membership = OrganisationMembership(organisation_id=organisation.id, member_id=member.id)
        session().add(membership)
    membership.role, membership.status = role, MembershipStatus.ACTIVE
    membership.started_at, membership.ended_at = clock.now(), None
    # what somebody agreed to before they left, they agree to anew
    membership.is_shown = False
    session().flush()
    return membership


def end_membership(actor: Viewer, membership: OrganisationMembership, *, reason: str = "") -> None:
    """End a membership; the law-enforcement status that rests on it ends with the next request.

    Args:
        actor: who ended it, for the audit log; the caller made sure that they may.
        membership: an active one.
        reason: why, for the audit log.

    Raises:
        ConflictError: it ended before.
    """
    if membership.status is not MembershipStatus.ACTIVE:
        raise ConflictError
    membership.status, membership.ended_at = MembershipStatus.ENDED, clock.now()
    session().flush()
    if membership.is_shown:
        requeue_member(membership.member)
    after = {"organisation": membership.organisation.slug}
    record(actor, Event.MEMBERSHIP_END, subject_of(membership.member), reason=reason, after=after)


def verify_law_enforcement(
    actor: Viewer,
    member: Member,
    *,
    country: str,
    authority: str,
    reference: str,
    verified_by: tuple[Member, Member] | None = None,
) -> LawEnforcementStatus:
    """Note for one year that `member` works for a law-enforcement authority (UNCAC Art. 36).

    Args:
        actor: who does this, for the audit log; `VISITOR` stands for the system.
        member: an approved member.
        country: ISO code of the authority's country.
        authority: its name.
        reference: what shows the member's place there, such as a letter's number.
        verified_by: the two coordinators who made sure, or None where there were none yet.

    Raises:
        ForbiddenError: the hub has the people that it needs to decide this.
        InvalidError: a value cannot be accepted; names the field.
    """
    require_bootstrap()
    if not member.is_approved:
        raise InvalidError(N_("Only an approved member can be verified."), field="email")
    require_code("country", country, "countries")
    require_text("authority", authority, TITLE_LENGTH)
    require_text("reference", reference, TITLE_LENGTH)
    first, second = verified_by or (None, None)
    moment = clock.now()
    status = LawEnforcementStatus(
        member=member,
        country=country,
        authority=authority,
        reference=reference,
        status=LawEnforcementState.VERIFIED,
        requested_at=moment,
        first_verified_at=moment if first else None,
        verified_at=moment,
        first_verified_by=first,
        second_verified_by=second,
        valid_until=moment + LAW_ENFORCEMENT_FOR,
    )
    session().add(status)
    session().flush()
    after = {"country": country, "authority": authority, "reference": reference, "until": status.valid_until}
    record(actor, Event.MEMBER_VERIFY, subject_of(member), reason=BOOTSTRAP, after=after)
    return status
