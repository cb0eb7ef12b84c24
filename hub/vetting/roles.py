"""Roles: proposed by one person and approved by another, resigned alone, handed over by offer and acceptance."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Role, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import lock_commits, session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, RoleGrant
from hub.members.permissions import NEEDED_ADMINISTRATORS, NEEDED_COORDINATORS
from hub.members.queries import members_with_role, roles_in_force
from hub.members.service import require_code, subject_of
from hub.vetting.applications import require_words
from hub.vetting.lifecycle import ROLE_PROPOSALS
from hub.vetting.models import RoleAction, RoleProposal
from hub.vetting.permissions import (
    can_answer_offer,
    can_appoint_some,
    can_withdraw_proposal,
    proposal_conflict,
    vetting_conflict,
)

LEAST = {Role.COORDINATOR: NEEDED_COORDINATORS, Role.ADMINISTRATOR: NEEDED_ADMINISTRATORS}
"""How many people the hub needs in a role; fewer would open the bootstrap commands again."""

MEANWHILE = N_("Who made this proposal may not propose it any more. Somebody else must propose it anew.")


def propose_role(
    actor: Member, member: Member, role: Role, *, reason: str, country: str | None = None
) -> RoleProposal:
    """Propose that somebody get a role.

    Args:
        actor: a coordinator, integrity officer or administrator; not the member.
        member: an approved member.
        role: what they get.
        reason: why; the one who approves reads it, and the audit log keeps it.
        country: ISO code, for focal points only and always.

    Raises:
        NotFoundError: the actor does not appoint.
        ForbiddenError: the actor proposes themselves, or has a conflict of interest with the member.
        InvalidError: a value cannot be accepted; names the field.
        ConflictError: the member has the role, or it is proposed already.
    """
    viewer = _appointer(actor)
    if member.id == actor.id:
        raise ForbiddenError(N_("Nobody proposes themselves."))
    if not member.is_approved:
        raise InvalidError(N_("Only an approved member can have a role."), field="member")
    if role is Role.FOCAL_POINT:
        require_code("country", country or "", "countries")
    elif country is not None:
        raise InvalidError(N_("Only a focal point has a country."), field="country")
    require_words("reason", reason)
    if any(each.role is role and each.country == country for each in roles_in_force(member, clock.now())):
        raise ConflictError(N_("This member has this role."))
    _require_free(viewer, member)
    return _propose(viewer, actor, RoleAction.GRANT, member, role, country, reason, None)


def propose_end(actor: Member, grant: RoleGrant, *, reason: str) -> RoleProposal:
    """Propose that somebody lose a role.

    Raises:
        NotFoundError: the actor does not appoint.
        ForbiddenError: it is the actor's own role, which they may resign; or they have a conflict of interest.
        InvalidError: no reason.
        ConflictError: the role ended, its end is proposed already, or the hub needs the person.
    """
    viewer = _appointer(actor)
    if grant.member_id == actor.id:
        raise ForbiddenError(N_("This is your own role. You may resign it alone."))
    require_words("reason", reason)
    _require_in_force(grant)
    _require_enough(grant)
    _require_free(viewer, grant.member)
    return _propose(viewer, actor, RoleAction.END, grant.member, grant.role, grant.country, reason, grant)


def offer_role(actor: Member, grant: RoleGrant, member: Member, *, reason: str) -> RoleProposal:
    """Offer one's own focal-point role to the next; they accept, then a coordinator approves.

    Raises:
        NotFoundError: the role is not the actor's.
        InvalidError: the member is not approved, is the actor, or no reason was given.
        ConflictError: the role ended, or is offered to them already.
    """
    viewer = viewer_of(actor)
    if grant.member_id != actor.id or grant.role is not Role.FOCAL_POINT:
        raise NotFoundError
    _require_in_force(grant)
    if not member.is_approved or member.id == actor.id:
        raise InvalidError(N_("Name another approved member."), field="member")
    require_words("reason", reason)
    proposal = _propose(viewer, actor, RoleAction.HAND_OVER, member, grant.role, grant.country, reason, grant)
    queue_mail(
        "role_offered",
        member_id=member.id,
        language=member.language,
        role=grant.role,
        country=grant.country or "",
        name=actor.display_name,
    )
    return proposal


def accept_offer(actor: Member, proposal: RoleProposal) -> None:
    """Agree to take a focal point's role over; it begins once a coordinator approved.

    Raises:
        NotFoundError: nothing was offered to the actor; ConflictError: it was withdrawn meanwhile.
    """
    viewer = viewer_of(actor)
    if not can_answer_offer(viewer, proposal):
        raise NotFoundError
    accepted = session().execute(
        update(RoleProposal)
        .where(
            RoleProposal.id == proposal.id,
            RoleProposal.status == proposal.status.PROPOSED,
            RoleProposal.accepted_at.is_(None),
        )
        .values(accepted_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    if accepted.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError
    session().refresh(proposal)
    record(viewer, Event.MEMBER_ACCEPT_ROLE, subject_of(actor))
    giver = proposal.proposed_by
    queue_mail(
        "role_offer_accepted",
        member_id=giver.id,
        language=giver.language,
        role=proposal.role,
        country=proposal.country or "",
    )


def approve_proposal(actor: Member, proposal: RoleProposal) -> None:
    """Agree to a proposal: the role is granted, ended or handed over.

    Raises:
        NotFoundError: the actor does not appoint.
        ForbiddenError: the actor proposed it or has a conflict of interest.
        ConflictError: it was decided meanwhile, the proposer may not propose it any more, or the member is not
            approved any more.
    """
    viewer = _decider(actor, proposal)
    _require_proposer(proposal)
    moment = clock.now()
    ROLE_PROPOSALS.move(proposal, "approve", decided_by_id=actor.id, decided_at=moment)
    if proposal.grant is not None:
        if proposal.action is RoleAction.END:
            _require_enough(proposal.grant)
        _end_grant(viewer, proposal.grant, moment, proposal.reason)
    if proposal.action is not RoleAction.END:
        _grant(viewer, proposal, moment)


def decline_proposal(actor: Member, proposal: RoleProposal, words: str) -> None:
    """Refuse a proposal with words.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for approving.
    """
    viewer = _decider(actor, proposal)
    require_words("words", words)
    ROLE_PROPOSALS.move(
        proposal, "decline", decided_by_id=actor.id, decided_at=clock.now(), decision_words=words
    )
    record(viewer, Event.MEMBER_DECLINE_ROLE, subject_of(proposal.member), reason=words)


def withdraw_proposal(actor: Member, proposal: RoleProposal) -> None:
    """Take back one's own proposal, or refuse a role that was offered.

    Raises:
        NotFoundError: the actor neither made it nor was offered it; ConflictError: it was decided meanwhile.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_proposal(viewer, proposal):
        raise NotFoundError
    refuses = proposal.member_id == actor.id
    ROLE_PROPOSALS.move(proposal, "withdraw", decided_at=clock.now())
    event = Event.MEMBER_REFUSE_ROLE if refuses else Event.MEMBER_WITHDRAW_ROLE
    record(viewer, event, subject_of(proposal.member))
    if refuses:
        giver = proposal.proposed_by
        queue_mail(
            "role_offer_declined",
            member_id=giver.id,
            language=giver.language,
            role=proposal.role,
            country=proposal.country or "",
        )


def resign_role(actor: Member, grant: RoleGrant, *, reason: str) -> None:
    """Give up one's own role.

    Raises:
        NotFoundError: it is not the actor's.
        InvalidError: no reason.
        ConflictError: it ended, or the hub needs the person until a successor is appointed.
    """
    viewer = viewer_of(actor)
    if grant.member_id != actor.id:
        raise NotFoundError
    require_words("reason", reason)
    _require_in_force(grant)
    _require_enough(grant)
    _end_grant(viewer, grant, clock.now(), reason)


def end_roles(viewer: Viewer, member: Member, reason: str) -> None:
    """End every role of a member, because what they rest on is gone.

    Args:
        viewer: who ended them, for the audit log; `VISITOR` stands for the system.
        member: whose roles they are.
        reason: why, for the audit log.
    """
    moment = clock.now()
    for grant in roles_in_force(member, moment):
        _end_grant(viewer, grant, moment, reason)


def set_named(actor: Member, grant: RoleGrant, *, is_named: bool) -> None:
    """Say whether the public list of roles names one; only the holder decides that.

    Raises:
        NotFoundError: the role is not the actor's.
    """
    if grant.member_id != actor.id:
        raise NotFoundError
    grant.is_named = is_named
    session().flush()


def is_needed(grant: RoleGrant) -> bool:
    """Whether the hub would have too few people in this role without who holds it."""
    least = LEAST.get(grant.role, 0)
    return len(members_with_role(grant.role, clock.now()) - {grant.member_id}) < least


def _propose(
    viewer: Viewer,
    actor: Member,
    action: RoleAction,
    member: Member,
    role: Role,
    country: str | None,
    reason: str,
    grant: RoleGrant | None,
) -> RoleProposal:
    proposal = RoleProposal(
        action=action,
        member_id=member.id,
        role=role,
        country=country,
        reason=reason,
        grant_id=grant.id if grant else None,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    session().add(proposal)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("This is proposed already.")) from None
    event = Event.MEMBER_OFFER_ROLE if action is RoleAction.HAND_OVER else Event.MEMBER_PROPOSE_ROLE
    after = {"action": action, "role": role, "country": country}
    record(viewer, event, subject_of(member), reason=reason, after=after)
    return proposal


def _grant(viewer: Viewer, proposal: RoleProposal, moment: datetime) -> None:
    member = proposal.member
    if not member.is_approved:
        raise ConflictError(N_("This person is not an approved member."))
    session().add(
        RoleGrant(
            member_id=member.id,
            role=proposal.role,
            country=proposal.country,
            reason=proposal.reason,
            granted_at=moment,
            granted_by_id=proposal.proposed_by_id,
            approved_by_id=proposal.decided_by_id,
        )
    )
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("This member has this role.")) from None
    after = {"role": proposal.role, "country": proposal.country}
    record(viewer, Event.MEMBER_GRANT, subject_of(member), reason=proposal.reason, after=after)
    queue_mail(
        "role_granted",
        member_id=member.id,
        language=member.language,
        role=proposal.role,
        country=proposal.country or "",
    )


def _end_grant(viewer: Viewer, grant: RoleGrant, moment: datetime, reason: str) -> None:
    ended = session().execute(
        update(RoleGrant)
        .where(RoleGrant.id == grant.id, RoleGrant.ended_at.is_(None))
        .values(ended_at=moment),
        execution_options={"synchronize_session": False},
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError(N_("This role has ended already."))
    session().refresh(grant)
    before = {"role": grant.role, "country": grant.country}
    record(viewer, Event.MEMBER_END_ROLE, subject_of(grant.member), reason=reason, before=before)
    queue_mail(
        "role_ended",
        member_id=grant.member_id,
        language=grant.member.language,
        role=grant.role,
        country=grant.country or "",
        words=reason,
    )


def _require_in_force(grant: RoleGrant) -> None:
    if grant.ended_at is not None:
        raise ConflictError(N_("This role has ended already."))


def _require_enough(grant: RoleGrant) -> None:
    # Two who resign at once must see one another.
    lock_commits()
    if is_needed(grant):
        raise ConflictError(N_("The hub would have too few people in this role. Appoint a successor first."))


def _require_proposer(proposal: RoleProposal) -> None:
    """Make sure that who proposed may still do so: an appointer, or in a hand-over the holder of the role."""
    proposer = viewer_of(proposal.proposed_by)
    if proposal.action is RoleAction.HAND_OVER:
        is_entitled = proposal.country in proposer.focal_countries
    else:
        is_entitled = can_appoint_some(proposer) and vetting_conflict(proposer, proposal.member) is None
    if not is_entitled:
        raise ConflictError(MEANWHILE)


def _require_free(viewer: Viewer, member: Member) -> None:
    conflict = vetting_conflict(viewer, member)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])


def _appointer(actor: Member) -> Viewer:
    viewer = viewer_of(actor)
    if not can_appoint_some(viewer):
        raise NotFoundError
    return viewer


def _decider(actor: Member, proposal: RoleProposal) -> Viewer:
    viewer = _appointer(actor)
    conflict = proposal_conflict(viewer, proposal)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    if proposal.action is RoleAction.HAND_OVER and proposal.accepted_at is None:
        raise ConflictError(N_("The offer is not accepted yet."))
    return viewer
