"""What other packages and pages ask about members and their sessions; all of it only reads."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import contains_eager

from hub.access.viewer import Role
from hub.core.database import session
from hub.members.models import (
    MAY_SIGN_IN,
    LawEnforcementStatus,
    Member,
    MemberStatus,
    RoleGrant,
    SignInSession,
    normal_email,
)

IDLE_PRIVILEGED = timedelta(minutes=30)
IDLE = timedelta(hours=8)
AT_MOST = timedelta(hours=12)
"""How long a session lasts without a click, with a role or law-enforcement status and without, and in all."""

TOUCH_EVERY = timedelta(minutes=1)
"""A click is written down once in this time."""


def member_by_email(email: str) -> Member | None:
    """Return the member with this address, in whatever case it is written."""
    if not email.strip().isprintable():
        # No account has such an address, and PostgreSQL refuses to compare NUL or half a character.
        return None
    return session().scalar(select(Member).where(Member.email == normal_email(email)))


def roles_in_force(member: Member, now: datetime) -> tuple[RoleGrant, ...]:
    """Return the grants that `member` has at the moment `now`; a focal point has one for each country."""
    rows = session().scalars(
        select(RoleGrant)
        .where(RoleGrant.member_id == member.id, _is_granted(now))
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    )
    return tuple(rows)


def law_enforcement_country(member: Member, now: datetime) -> str | None:
    """Return the country of the verified status in force at `now`, the latest where there are several."""
    return session().scalar(
        select(LawEnforcementStatus.country)
        .where(LawEnforcementStatus.member_id == member.id, _is_verified(now))
        .order_by(LawEnforcementStatus.verified_at.desc(), LawEnforcementStatus.id.desc())
        .limit(1)
    )


def members_with_role(role: Role, now: datetime) -> frozenset[int]:
    """Return the ids of the approved members who have `role` in force at `now`."""
    held = session().scalars(
        select(Member.id)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .where(RoleGrant.role == role, _is_granted(now), Member.status == MemberStatus.APPROVED)
    )
    return frozenset(held)


def approved_members(public_ids: Collection[str]) -> dict[str, int]:
    """Return the ids of the approved members among those with these random ids, by random id."""
    found = session().execute(
        select(Member.public_id, Member.id).where(
            Member.public_id.in_(sorted(public_ids)), Member.status == MemberStatus.APPROVED
        )
    )
    return {row.public_id: row.id for row in found}


def public_ids_of(member_ids: Collection[int]) -> list[str]:
    """Return the random ids of members, in alphabetical order."""
    found = session().scalars(select(Member.public_id).where(Member.id.in_(sorted(member_ids))))
    return sorted(found)


def session_by_token(token: str, now: datetime) -> SignInSession | None:
    """Return the session that `token` opens at `now`, with its member loaded, or None.

    It must not have ended, be older than twelve hours, or idle for longer than allowed; and its member must still
    be one who may sign in, so that a suspension takes effect with the next click.
    """
    privileged = or_(
        exists().where(RoleGrant.member_id == Member.id, _is_granted(now)),
        exists().where(LawEnforcementStatus.member_id == Member.id, _is_verified(now)),
    )
    return session().scalar(
        select(SignInSession)
        .join(SignInSession.member)
        .options(contains_eager(SignInSession.member))
        .where(
            SignInSession.token_hash == token_hash(token),
            SignInSession.ended_at.is_(None),
            SignInSession.created_at > now - AT_MOST,
            SignInSession.last_seen_at > case((privileged, now - IDLE_PRIVILEGED), else_=now - IDLE),
            Member.status.in_(MAY_SIGN_IN),
        )
    )


def is_touch_due(sign_in_session: SignInSession, now: datetime) -> bool:
    """Whether this click should be written down with `signing_in.touch_session`."""
    return now - sign_in_session.last_seen_at >= TOUCH_EVERY


def token_hash(token: str) -> str:
    """Return the SHA-256 under which the session of `token` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _is_granted(now: datetime) -> ColumnElement[bool]:
    return and_(RoleGrant.granted_at <= now, or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now))


def _is_verified(now: datetime) -> ColumnElement[bool]:
    return and_(
        LawEnforcementStatus.verified_at <= now,
        LawEnforcementStatus.valid_until > now,
        LawEnforcementStatus.revoked_at.is_(None),
    )
