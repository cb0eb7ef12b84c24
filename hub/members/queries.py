"""What other packages and pages ask about members and their sessions; all of it only reads."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import contains_eager

from hub.access.viewer import Role
from hub.core.database import session
from hub.members.models import (
    MAY_SIGN_IN,
    Member,
    MemberStatus,
    Passkey,
    RoleGrant,
    SignInSession,
    TotpDevice,
    normal_email,
)

IDLE_PRIVILEGED = timedelta(minutes=30)
IDLE = timedelta(hours=8)
AT_MOST = timedelta(hours=12)
"""How long a session lasts without a click, with a role or law-enforcement status and without, and in all."""

PENDING = timedelta(minutes=10)
"""How long a right password waits for the second factor."""

CONFIRMED_FOR = timedelta(minutes=10)
"""How long a password entered counts for decisions, grants, exports, tokens and a change of address."""

TOUCH_EVERY = timedelta(minutes=1)
"""A click is written down once in this time."""


def member_by_email(email: str) -> Member | None:
    """Return the member with this address, in whatever case it is written."""
    if not email.strip().isprintable():
        # No account has such an address, and PostgreSQL refuses to compare NUL or half a character.
        return None
    return session().scalar(select(Member).where(Member.email == normal_email(email)))


def member_by_public_id(public_id: str) -> Member | None:
    """Return the member with this random id, unless the account was erased."""
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    return None if found is None or found.status is MemberStatus.ERASED else found


def roles_in_force(member: Member, now: datetime) -> tuple[RoleGrant, ...]:
    """Return the grants that `member` has at the moment `now`; a focal point has one for each country."""
    rows = session().scalars(
        select(RoleGrant)
        .where(RoleGrant.member_id == member.id, is_granted(now))
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    )
    return tuple(rows)


def grants_in_force(member_ids: Collection[int], now: datetime) -> dict[int, list[tuple[Role, str | None]]]:
    """Return the roles that members have at the moment `now`, each with its country, by id; none are left out."""
    rows = session().execute(GRANTS_IN_FORCE, {"member_ids": list(member_ids), "now": now})
    found: dict[int, list[tuple[Role, str | None]]] = {}
    for member_id, role, country in rows:
        found.setdefault(member_id, []).append((role, country))
    return found


def is_overdue(member: Member, now: datetime) -> bool:
    """Whether nobody vetted the member within the year, also before the job has noted that they lapsed."""
    return member.vetted_until is not None and member.vetted_until <= now


def has_factor(member_id: int) -> bool:
    """Whether the member has a second factor: an authenticator app or a passkey."""
    either = union_all(
        select(TotpDevice.id).where(TotpDevice.member_id == member_id),
        select(Passkey.id).where(Passkey.member_id == member_id),
    )
    return session().execute(either.limit(1)).first() is not None


def with_factor(member_ids: Collection[int]) -> frozenset[int]:
    """Return which of these members have a second factor."""
    if not member_ids:
        return frozenset()
    return frozenset(
        session().scalars(
            union_all(
                select(TotpDevice.member_id).where(TotpDevice.member_id.in_(member_ids)),
                select(Passkey.member_id).where(Passkey.member_id.in_(member_ids)),
            )
        )
    )


def members_with_role(role: Role, now: datetime) -> frozenset[int]:
    """Return the ids of the approved members who have `role` in force at `now`."""
    held = session().scalars(
        select(Member.id)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .where(RoleGrant.role == role, is_granted(now), Member.status == MemberStatus.APPROVED)
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

    It must not be pending, have ended, be older than twelve hours, or idle for eight; and its member must still be one
    who may sign in, so that a suspension takes effect with the next click. See `is_idle` for privileged people.
    """
    return session().scalar(
        OPEN_SESSION, {"hash": token_hash(token), "begun": now - AT_MOST, "seen": now - IDLE}
    )


def pending_session_by_token(token: str, now: datetime) -> SignInSession | None:
    """Return the session that waits for its second factor since at most ten minutes, with its member, or None."""
    return session().scalar(PENDING_SESSION, {"hash": token_hash(token), "begun": now - PENDING})


def _session_with(*conditions: ColumnElement[bool]) -> Select[SignInSession]:
    """Return the statement for the session of a token: made once, for every page asks it."""
    return (
        select(SignInSession)
        .join(SignInSession.member)
        .options(contains_eager(SignInSession.member))
        .where(
            SignInSession.token_hash == bindparam("hash"),
            SignInSession.ended_at.is_(None),
            SignInSession.created_at > bindparam("begun"),
            Member.status.in_(MAY_SIGN_IN),
            *conditions,
        )
    )


OPEN_SESSION = _session_with(
    SignInSession.is_pending.is_(False), SignInSession.last_seen_at > bindparam("seen")
)

PENDING_SESSION = _session_with(SignInSession.is_pending.is_(True))


def sessions_of(member_id: int, now: datetime) -> Sequence[SignInSession]:
    """Return where a member is signed in at `now`, the latest used first."""
    return (
        session()
        .scalars(
            select(SignInSession)
            .where(
                SignInSession.member_id == member_id,
                SignInSession.ended_at.is_(None),
                SignInSession.is_pending.is_(False),
                SignInSession.created_at > now - AT_MOST,
                SignInSession.last_seen_at > now - IDLE,
            )
            .order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())
        )
        .all()
    )


def is_idle(sign_in_session: SignInSession, now: datetime) -> bool:
    """Whether a privileged person's session was left alone for too long."""
    return now - sign_in_session.last_seen_at >= IDLE_PRIVILEGED


def is_confirmed(sign_in_session: SignInSession, now: datetime) -> bool:
    """Whether the password was entered here lately enough for decisions, grants, exports and tokens."""
    return now - sign_in_session.confirmed_at < CONFIRMED_FOR


def is_touch_due(sign_in_session: SignInSession, now: datetime) -> bool:
    """Whether this click should be written down with `signing_in.touch_session`."""
    return now - sign_in_session.last_seen_at >= TOUCH_EVERY


def token_hash(token: str) -> str:
    """Return the SHA-256 under which the session of `token` is stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_granted(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the SQL condition for grants in force at `now`, a moment or what stands for one in a statement."""
    return and_(RoleGrant.granted_at <= now, or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now))


GRANTS_IN_FORCE = select(RoleGrant.member_id, RoleGrant.role, RoleGrant.country).where(
    RoleGrant.member_id.in_(bindparam("member_ids", expanding=True)), is_granted(bindparam("now"))
)
"""Made once, for every page of somebody signed in asks it."""
