"""Accounts and roles made at the machine, before there are people to grant them."""

import re
from datetime import timedelta
from zoneinfo import available_timezones

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
    Member,
    MemberStatus,
    RoleGrant,
    normal_email,
)
from hub.members.permissions import can_bootstrap
from hub.members.queries import member_by_email, members_with_role, roles_in_force
from hub.vocabularies.loader import vocabulary

VETTED_FOR = timedelta(days=365)
"""How long an approval holds before a coordinator must look again."""

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
"""A dot-atom before the sign, and host names of letters, digits and hyphens after it (RFC 5321, 4.1.2)."""

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
    require_bootstrap()
    address = normal_email(email)
    require_address(address)
    require_text("display_name", display_name, NAME_LENGTH)
    require_code("member_type", member_type, "member_types")
    if country is not None:
        require_code("country", country, "countries")
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
        vetted_until=now() + VETTED_FOR if status is MemberStatus.APPROVED else None,
    )
    session().add(member)
    session().flush()
    after = {"member_type": member_type, "country": country, "status": status}
    record(actor, Event.MEMBER_CREATE, subject_of(member), reason=BOOTSTRAP, after=after)
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
    require_bootstrap()
    if not member.is_approved:
        raise InvalidError(N_("Only an approved member can have a role."), field="email")
    if role is Role.FOCAL_POINT:
        require_code("country", country or "", "countries")
    elif country is not None:
        raise InvalidError(N_("Only a focal point has a country."), field="country")
    moment = now()
    if any(held.role is role and held.country == country for held in roles_in_force(member, moment)):
        raise ConflictError(N_("This member has this role."))
    grant = RoleGrant(member=member, role=role, country=country, reason=reason, granted_at=moment)
    session().add(grant)
    session().flush()
    record(
        actor, Event.MEMBER_GRANT, subject_of(member), reason=reason, after={"role": role, "country": country}
    )
    return grant


def require_bootstrap() -> None:
    """Make sure that accounts, roles and status may still be made without members' decisions.

    Raises:
        ForbiddenError: the hub has the people that it needs to decide this.
    """
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


def choose_time_zone(member: Member, name: str | None) -> None:
    """Keep in which time zone moments are shown to a member.

    Args:
        member: whose it is.
        name: as IANA names it; None for that of their country.

    Raises:
        InvalidError: there is no such zone.
    """
    if name is not None and name not in available_timezones():
        raise InvalidError(N_("Choose from the list."), field="time_zone")
    member.time_zone = name
    session().flush()


def require_address(address: str) -> None:
    """Make sure that `address` can be an e-mail address; whether it is one, only a mail can tell.

    Raises:
        InvalidError: it cannot; names the field `email`.
    """
    require_text("email", address, EMAIL_LENGTH)
    if not ADDRESS.fullmatch(address):
        raise InvalidError(N_("Enter an email address such as name@example.org."), field="email")


def require_text(field: str, value: str, most: int) -> None:
    """Make sure that a line of text is there, can be shown, and has at most `most` characters.

    Raises:
        InvalidError: it is not; names the field.
    """
    if not value.strip():
        raise InvalidError(N_("This cannot be empty."), field=field)
    if len(value) > most:
        raise InvalidError(N_("Use at most %(most)s characters."), field=field, most=most)
    if not value.isprintable():
        raise InvalidError(N_("This holds signs that cannot be shown."), field=field)


def require_code(field: str, code: str, name: str) -> None:
    """Make sure that `code` is one of the vocabulary `name`.

    Raises:
        InvalidError: it is not; names the field.
    """
    if code not in vocabulary(name):
        raise InvalidError(N_("“%(code)s” is not one of the values to choose from."), field=field, code=code)


def subject_of(member: Member) -> str:
    """Return how the audit log names a member."""
    return f"member:{member.public_id}"
