"""Accounts, roles and law-enforcement status made at the machine, before there are people to grant them."""

from datetime import timedelta

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import lock_commits, session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.members.models import (
    EMAIL_LENGTH,
    NAME_LENGTH,
    TITLE_LENGTH,
    LawEnforcementStatus,
    Member,
    MemberStatus,
    RoleGrant,
    normal_email,
)
from hub.members.permissions import can_bootstrap
from hub.members.queries import member_by_email, members_with_role, roles_in_force
from hub.vocabularies.loader import vocabulary

VALID_FOR = timedelta(days=365)
"""How long a verification of law enforcement holds."""

BOOTSTRAP = N_("Made at the machine while the hub was set up.")
"""The reason that the audit log keeps where nobody gave one."""


def create_member(
    actor: Viewer,
    *,
    email: str,
    password_hash: str | None,
    display_name: str,
    member_type: str,
    country: str | None = None,
    status: MemberStatus = MemberStatus.APPROVED,
) -> Member:
    """Create an account whose e-mail address counts as confirmed.

    Args:
        actor: who does this, for the audit log; `VISITOR` stands for the system.
        email: in any case.
        password_hash: from `hash_password`, made before the transaction began.
        display_name: what others read.
        member_type: a code of the vocabulary `member_types`.
        country: ISO 3166-1 alpha-2 code, if known.
        status: where the account begins.

    Raises:
        ForbiddenError: the hub has the people that it needs to decide this.
        InvalidError: a value cannot be accepted; names the field.
        ConflictError: the address has an account.
    """
    _require_bootstrap()
    address = normal_email(email)
    _require_text("email", address, EMAIL_LENGTH)
    if (
        address.count("@") != 1
        or address.strip("@") != address
        or not address.isprintable()
        or " " in address
    ):
        raise InvalidError(N_("Enter an email address such as name@example.org."), field="email")
    _require_text("display_name", display_name, NAME_LENGTH)
    _require_code("member_type", member_type, "member_types")
    if country is not None:
        _require_code("country", country, "countries")
    if member_by_email(address) is not None:
        raise ConflictError(N_("This email address has an account."))
    member = Member(
        email=address,
        email_confirmed_at=None if status is MemberStatus.APPLIED else now(),
        password_hash=password_hash,
        display_name=display_name,
        member_type=member_type,
        country=country,
        status=status,
    )
    session().add(member)
    session().flush()
    after = {"member_type": member_type, "country": country, "status": status}
    record(actor, Event.MEMBER_CREATE, _subject(member), reason=BOOTSTRAP, after=after)
    return member


def grant_role(
    actor: Viewer, member: Member, role: Role, *, reason: str = BOOTSTRAP, country: str | None = None
) -> RoleGrant:
    """Give `member` a role without a second pair of eyes.

    Args:
        actor: who does this, for the audit log; `VISITOR` stands for the system.
        member: an approved member.
        role: what is granted.
        reason: why.
        country: ISO code of the country that a focal point speaks for; only for them, and always.

    Raises:
        ForbiddenError: the hub has the people that it needs to decide this.
        InvalidError: the member is not approved, or country and role do not fit together.
        ConflictError: the member has this role.
    """
    _require_bootstrap()
    if not member.is_approved:
        raise InvalidError(N_("Only an approved member can have a role."), field="email")
    if role is Role.FOCAL_POINT:
        _require_code("country", country or "", "countries")
    elif country is not None:
        raise InvalidError(N_("Only a focal point has a country."), field="country")
    moment = now()
    if any(held.role is role and held.country == country for held in roles_in_force(member, moment)):
        raise ConflictError(N_("This member has this role."))
    grant = RoleGrant(member=member, role=role, country=country, reason=reason, granted_at=moment)
    session().add(grant)
    session().flush()
    record(
        actor, Event.MEMBER_GRANT, _subject(member), reason=reason, after={"role": role, "country": country}
    )
    return grant


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
    _require_bootstrap()
    if not member.is_approved:
        raise InvalidError(N_("Only an approved member can be verified."), field="email")
    _require_code("country", country, "countries")
    _require_text("authority", authority, TITLE_LENGTH)
    _require_text("reference", reference, TITLE_LENGTH)
    first, second = verified_by or (None, None)
    moment = now()
    status = LawEnforcementStatus(
        member=member,
        country=country,
        authority=authority,
        reference=reference,
        verified_at=moment,
        first_verified_by=first,
        second_verified_by=second,
        valid_until=moment + VALID_FOR,
    )
    session().add(status)
    session().flush()
    after = {"country": country, "authority": authority, "reference": reference, "until": status.valid_until}
    record(actor, Event.MEMBER_VERIFY, _subject(member), reason=BOOTSTRAP, after=after)
    return status


def _require_bootstrap() -> None:
    # Two commands at once must not both see an open door.
    lock_commits()
    moment = now()
    coordinators = len(members_with_role(Role.COORDINATOR, moment))
    administrators = len(members_with_role(Role.ADMINISTRATOR, moment))
    if not can_bootstrap(coordinators, administrators):
        raise ForbiddenError(
            N_(
                "The hub has two coordinators and an administrator: accounts and roles are now decided by its members."
            )
        )


def _require_text(field: str, value: str, most: int) -> None:
    if not value.strip():
        raise InvalidError(N_("This cannot be empty."), field=field)
    if len(value) > most:
        raise InvalidError(N_("Use at most %(most)s characters."), field=field, most=most)
    if not value.isprintable():
        raise InvalidError(N_("This holds signs that cannot be shown."), field=field)


def _require_code(field: str, code: str, name: str) -> None:
    if code not in vocabulary(name):
        raise InvalidError(N_("“%(code)s” is not one of the values to choose from."), field=field, code=code)


def _subject(member: Member) -> str:
    return f"member:{member.public_id}"
