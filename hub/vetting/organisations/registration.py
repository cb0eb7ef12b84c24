"""Registering an organisation, once, and changing what is said about it."""

from sqlalchemy import func, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import lock_commits, session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.integrity.models import DeclaredInterest
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.organisations.details import (
    KnownOrganisationError,
    OrganisationDetails,
    apply_details,
    changes_identity,
    checked,
    snapshot,
)
from hub.organisations.documents import requeue
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.people import is_unspoken
from hub.organisations.permissions import PUBLIC_STATES, can_describe, can_register, can_view
from hub.organisations.service import add_membership, add_organisation, hold
from hub.organisations.similar import same_organisations
from hub.vetting.law_enforcement import end_statuses_of
from hub.vetting.lifecycle import ORGANISATIONS
from hub.vetting.organisations.queries import open_verification
from hub.vetting.organisations.verification import make_request

MOST_UNVERIFIED = 5
"""Organisations that are not verified yet for which one member may speak."""

BEGUN_ANEW = "What was verified of the organisation was changed."


def register_organisation(actor: Member, details: OrganisationDetails) -> Organisation:
    """Register an organisation, not verified yet; the actor represents it.

    Args:
        actor: an approved member.
        details: what they say about it. Similar organisations are theirs to look at before
            (`hub.organisations.similar`); one that is certainly the same is refused here.

    Raises:
        ForbiddenError: the actor is not an approved member.
        InvalidError: something said cannot be accepted; names the field.
        KnownOrganisationError: it is on the hub already, and the actor may see it.
        ConflictError: five organisations of the actor are not verified yet.
    """
    viewer = viewer_of(actor)
    if not can_register(viewer):
        raise ForbiddenError
    details = checked(details)
    # who registers the same organisation twice at once must see the first one, and that it is theirs
    lock_commits()
    viewer = viewer_of(actor)
    _require_new(viewer, details)
    _require_number(actor)
    organisation = add_organisation(details.name, country=details.country, type=details.type)
    apply_details(organisation, details)
    session().flush()
    add_membership(organisation, actor, MembershipRole.REPRESENTATIVE)
    record(viewer, Event.ORGANISATION_REGISTER, organisation.subject, after=snapshot(organisation))
    return organisation


def change_organisation(
    actor: Member, organisation: Organisation, details: OrganisationDetails, *, version: int
) -> None:
    """Change what is said about an organisation.

    What a verification vouches for (`hub.organisations.details.IDENTITY`) ends it: a verified or lapsed one is
    unverified from then on, law-enforcement statuses that rest on it are revoked, and it is asked for anew.

    Args:
        actor: a representative.
        organisation: which one.
        details: all that is said from now on.
        version: what the actor read.

    Raises:
        NotFoundError: the actor does not represent it.
        InvalidError: something said cannot be accepted; names the field.
        StaleVersionError: somebody saved it meanwhile.
        KnownOrganisationError: by its new name or identifier it is another one that is on the hub.
    """
    viewer = viewer_of(actor)
    if not can_describe(viewer, organisation):
        raise NotFoundError
    details = checked(details)
    hold(organisation)
    if organisation.version != version:
        raise StaleVersionError
    before, former_key = snapshot(organisation), organisation.name_key
    begins_anew, was_public = changes_identity(organisation, details), organisation.status in PUBLIC_STATES
    apply_details(organisation, details)
    organisation.version += 1
    session().flush()
    if organisation.name_key != former_key:
        _keep_interests(organisation, former_key)
    if begins_anew and was_public:
        ORGANISATIONS.move(organisation, "begin_anew", verified_until=None)
        end_statuses_of(viewer, organisation, BEGUN_ANEW)
    record(
        viewer, Event.ORGANISATION_CHANGE, organisation.subject, before=before, after=snapshot(organisation)
    )
    if begins_anew and was_public and open_verification(organisation) is None:
        make_request(viewer, actor, organisation, "")
    requeue(organisation, was_found=was_public)
    if begins_anew:
        # whoever registers it under this name at this moment must be seen
        lock_commits()
        _require_new(viewer, details, but=organisation)


def _require_new(viewer: Viewer, details: OrganisationDetails, *, but: Organisation | None = None) -> None:
    """Refuse what is on the hub already; one that the viewer cannot see keeps nobody from the name that is theirs.

    Both wait for the desk then, which sees them side by side and verifies one (`verification.approve_verification`).
    """
    seen = (each for each in same_organisations(details, but=but) if can_view(viewer, each))
    known = next(seen, None)
    if known is not None:
        raise KnownOrganisationError(known, may_ask=but is None and is_unspoken(known))


def _require_number(actor: Member) -> None:
    number = session().scalar(
        select(func.count())
        .select_from(OrganisationMembership)
        .join(OrganisationMembership.organisation)
        .where(
            OrganisationMembership.member_id == actor.id,
            OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            Organisation.status == OrganisationStatus.UNVERIFIED,
        )
    )
    if (number or 0) >= MOST_UNVERIFIED:
        raise ConflictError(
            N_("You speak for %(number)s organisations that are not verified. Have one verified first."),
            number=MOST_UNVERIFIED,
        )


def _keep_interests(organisation: Organisation, former_key: str) -> None:
    """Bind interests that were declared in the former name to the organisation: a new name ends no conflict."""
    session().execute(
        update(DeclaredInterest)
        .where(DeclaredInterest.name_key == former_key, DeclaredInterest.organisation_id.is_(None))
        .values(organisation_id=organisation.id),
        execution_options={"synchronize_session": False},
    )
