"""What waits about the demonstration's people: who applies, asks for status or role, has an interest, lost a phone."""

import json
from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from hub.access.viewer import Role
from hub.cli.demo.people import PEOPLE, DemoPerson
from hub.cli.demo.records import FOLDER, Row
from hub.cli.demo.scene import Scene
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.service import Declaration, declare_interest
from hub.members.models import MailToken, Member, MemberStatus, RoleGrant, TokenPurpose
from hub.members.queries import member_by_email, roles_in_force
from hub.organisations.models import MembershipRole
from hub.organisations.service import add_membership
from hub.vetting.applications import approve_application, decline_application
from hub.vetting.factor_resets import request_reset
from hub.vetting.invitations import invite, note_acceptance, use_invitation
from hub.vetting.joining import Applicant, apply_to_join, confirm_application, join_by_invitation
from hub.vetting.law_enforcement import approve_status, request_status
from hub.vetting.roles import offer_role, propose_role, set_named

Cast = dict[str, Member]
"""Everybody by account, also those who join while the scene is told."""


def vetting_rows() -> Row:
    """Return what the data file says, by kind."""
    rows: Row = json.loads((FOLDER / "vetting.json").read_text(encoding="utf-8"))
    return rows


def tell_vetting(scene: Scene, hashes: dict[str, str]) -> None:
    """Let people join and ask for things, and leave most of it waiting.

    Args:
        scene: everybody and everything that stands already.
        hashes: of the passwords by e-mail address.
    """
    rows, cast = vetting_rows(), dict(scene.members)
    newcomers = {person.account: person for person in PEOPLE if person.status is MemberStatus.APPLIED}
    for row in rows["applications"]:
        person = newcomers[row["account"]]
        cast[person.account] = _join(row, person, hashes[person.email], scene)
        _decide(row, cast)
    for kind, tell in KINDS.items():
        for row in rows[kind]:
            tell(row, cast, scene)
    for account in rows["named"]:
        set_named(cast[account], _grant_of(cast[account]), is_named=True)


def _join(row: Row, person: DemoPerson, password_hash: str, scene: Scene) -> Member:
    """Let somebody apply and confirm their address, as by the link in the mail, or come by an invitation."""
    applicant = Applicant(
        display_name=person.name,
        member_type=person.member_type,
        country=person.country,
        words=row["words"],
        organisation_name=row.get("organisation", ""),
        website=row.get("website", ""),
    )
    if "invited_by" in row:
        organisation = scene.organisations[row["organisation"]]
        sent = invite(scene.members[row["invited_by"]], person.email, organisation=organisation)
        invitation = use_invitation(session().get_one(MailToken, sent.token_id))
        member = join_by_invitation(invitation, applicant, password_hash)
        note_acceptance(invitation, member)
        return member
    apply_to_join(person.email, applicant)
    return confirm_application(_link_to_confirm(person.email), password_hash)


def _link_to_confirm(email: str) -> MailToken:
    member = member_by_email(email)
    if member is None:
        raise NotFoundError
    return (
        session()
        .scalars(
            select(MailToken).where(
                MailToken.member_id == member.id,
                MailToken.purpose == TokenPurpose.CONFIRM,
                MailToken.used_at.is_(None),
            )
        )
        .one()
    )


def _decide(row: Row, cast: Cast) -> None:
    member = cast[row["account"]]
    if "approved_by" in row:
        approve_application(cast[row["approved_by"]], member)
    if "declined" in row:
        declined = row["declined"]
        decline_application(
            cast[declined["by"]], member, reasons=tuple(declined["reasons"]), words=declined["words"]
        )


def _invite(row: Row, cast: Cast, _scene: Scene) -> None:
    invite(cast[row["by"]], row["email"], country=row["country"])


def _ask_status(row: Row, cast: Cast, _scene: Scene) -> None:
    asked = {name: row[name] for name in ("country", "authority", "reference", "words")}
    status = request_status(cast[row["account"]], **asked)
    if "supported_by" in row:
        approve_status(cast[row["supported_by"]], status)


def _propose_role(row: Row, cast: Cast, _scene: Scene) -> None:
    propose_role(
        cast[row["by"]], cast[row["account"]], Role(row["role"]), reason=row["reason"], country=row["country"]
    )


def _offer_role(row: Row, cast: Cast, _scene: Scene) -> None:
    giver = cast[row["by"]]
    offer_role(giver, _grant_of(giver), cast[row["account"]], reason=row["reason"])


def _lose_factors(row: Row, cast: Cast, _scene: Scene) -> None:
    request_reset(cast[row["account"]], row["words"])


def _declare(row: Row, cast: Cast, _scene: Scene) -> None:
    days = {name: date.fromisoformat(row[name]) for name in ("started_on", "ended_on") if name in row}
    declare_interest(
        cast[row["account"]],
        Declaration(
            kind=row["kind"], organisation_name=row["organisation"], words=row.get("words", ""), **days
        ),
    )


def _belong(row: Row, cast: Cast, scene: Scene) -> None:
    add_membership(scene.organisations[row["organisation"]], cast[row["account"]], MembershipRole.MEMBER)


def _grant_of(member: Member) -> RoleGrant:
    (grant,) = roles_in_force(member, clock.now())
    return grant


KINDS: dict[str, Callable[[Row, Cast, Scene], None]] = {
    "invitations": _invite,
    "law_enforcement": _ask_status,
    "roles": _propose_role,
    "offers": _offer_role,
    "lost_factors": _lose_factors,
    "interests": _declare,
    "memberships": _belong,
}
"""What tells each kind of row, in this order."""
