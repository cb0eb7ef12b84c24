"""Checks of who has an account: fictional people, enough people to decide by two, and their second factors."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.cli.doctor.findings import Finding, Situation, ok, problem, warning
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, MemberStatus
from hub.members.permissions import NEEDED_ADMINISTRATORS, NEEDED_COORDINATORS, can_bootstrap
from hub.members.queries import members_with_role
from hub.organisations.models import LawEnforcementStatus

DEMO_ADDRESSES = "%@demo.example"


def demo_people(situation: Situation) -> Iterator[Finding]:
    """Look whether the fictional people of the demonstration could sign in where others come."""
    if situation.is_local:
        return
    try:
        number = session().scalar(select(func.count(Member.id)).where(Member.email.like(DEMO_ADDRESSES)))
    except SQLAlchemyError:
        return  # no table of members yet, so nobody in it
    if number:
        yield problem(
            f"The database holds {number} fictional accounts of the demonstration, whose passwords lie in a file.",
            "Use another HUB_INSTANCE or HUB_DATABASE_URL: a demonstration cannot become a real hub.",
        )


def officers(situation: Situation) -> Iterator[Finding]:
    """Look whether there are enough people for what two must decide."""
    del situation
    moment = now()
    held = {role: len(members_with_role(role, moment)) for role in Role}
    coordinators, administrators = held[Role.COORDINATOR], held[Role.ADMINISTRATOR]
    missing = []
    if coordinators < NEEDED_COORDINATORS:
        missing.append(f"coordinators ({coordinators} of {NEEDED_COORDINATORS})")
    if administrators < NEEDED_ADMINISTRATORS:
        missing.append("an administrator")
    if not held[Role.INTEGRITY_OFFICER]:
        missing.append("an integrity officer")
    if missing:
        yield warning(
            f"Missing: {', '.join(missing)}. What needs them waits undecided.",
            "Grant the roles: at first with `hub member grant`, later by two members on the pages for roles.",
        )
    if can_bootstrap(coordinators, administrators):
        yield warning(
            "`hub member` is still open: whoever may use this account of the machine can grant any role.",
            "It closes with two coordinators and one administrator.",
        )
    else:
        yield ok("There are two coordinators and an administrator; `hub member` is closed.")


def factors(situation: Situation) -> Iterator[Finding]:
    """Look whether everybody with privileges has a second factor; without it they cannot use them."""
    del situation
    moment = now()
    ids = set().union(*(members_with_role(role, moment) for role in PRIVILEGED_ROLES))
    ids |= set(session().scalars(select(LawEnforcementStatus.member_id).distinct()))
    privileged = session().scalars(
        select(Member).where(Member.id.in_(sorted(ids)), Member.status == MemberStatus.APPROVED)
    )
    without = [member for member in privileged.all() if viewer_of(member).is_withheld]
    if without:
        yield warning(
            f"{len(without)} of those with a privileged role or law-enforcement status have no second factor"
            " and cannot use it.",
            "Ask them to sign in and set one up under Security.",
        )
    elif ids:
        yield ok("Everybody with privileges has a second factor.")
