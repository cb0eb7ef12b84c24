"""The organisations that one belongs to, and, for who decides about such, what waits there."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.core.sealing import sign
from hub.members.models import Member, TokenPurpose
from hub.organisations.queries import memberships_of
from hub.vetting.models import Invitation
from hub.vetting.organisations.permissions import can_ask_verification, is_verification_due
from hub.vetting.organisations.queries import count_verifications, open_verification
from hub.vetting.queries import invitations_to
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class Invited:
    """An invitation to who is signed in, and the signed token with which they accept it."""

    invitation: Invitation
    token: str


def own_invitations(member: Member) -> list[Invited]:
    """Return the open invitations into organisations for the address of `member`, who is signed in."""
    key = runtime().settings.secret_key()
    return [
        Invited(invitation, sign(key, TokenPurpose.INVITATION, token))
        for invitation, token in invitations_to(member, viewer().organisations)
    ]


@account.get("/account/organisations")
@members_only
def organisations() -> ResponseReturnValue:
    """List one's own organisations with the next step for each."""
    memberships = sorted(memberships_of(actor().id), key=lambda each: (each.organisation.name, each.id))
    somebody = viewer()
    return render_template(
        "account/organisations.html",
        memberships=memberships,
        invitations=own_invitations(actor()),
        due={each.id for each in memberships if is_verification_due(each.organisation)},
        asked={each.id for each in memberships if open_verification(each.organisation) is not None},
        unspoken={each.id for each in memberships if can_ask_verification(somebody, each.organisation)},
        oversees=bool(somebody.focal_countries),
        waiting=count_verifications(somebody) if somebody.focal_countries else 0,
    )
