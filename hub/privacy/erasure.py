"""Erasing an account: what is open is closed, what is personal goes, what others rest on stays under a pseudonym."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Table, and_, delete, func, or_, select, update

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.departing import OpenRecords, close_records, open_records
from hub.collaboration.departing import OpenCollaboration, close_collaboration, open_collaboration
from hub.commitments.departing import OpenCommitments, close_commitments, open_commitments
from hub.core.database import Base, lock_commits, session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.core.ids import ALPHABET
from hub.core.outbox import LAST_MAIL, OutboxMessage, queue_mail
from hub.matching.forgetting import forget_suggested
from hub.members.introductions.forgetting import introductions_named
from hub.members.messages.forgetting import forget_messages_of
from hub.members.models import (
    AbuseReport,
    AbuseStatus,
    ContactMessage,
    MailToken,
    Member,
    MemberStatus,
    ProfileLink,
    ProfileTerm,
)
from hub.members.profiles.documents import document_id
from hub.members.service import subject_of
from hub.notifications.models import Notification
from hub.privacy.inventory import LINKS, Fate, Link
from hub.privacy.inventory.standing import nowhere
from hub.privacy.log_erasure import withdraw_proposals_of
from hub.search.models import SearchJournal
from hub.search.service import queue_removal
from hub.showcases.departing import OpenShowcases, close_showcases, open_showcases
from hub.vetting.departing import OpenStanding, close_standing, open_standing
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.models import Invitation, RoleProposal
from hub.vetting.roles import is_needed

FORMER = "Former member"
LETTERS = "".join(sign for sign in ALPHABET if sign.isalpha())
CODE_LENGTH = 6
"""Random letters that tell one former member from another; the id would lead back to whoever knew it."""

NEEDED = N_(
    "The hub would have too few people in one of your roles. Once a successor is appointed you can erase your account."
)


@dataclass(frozen=True)
class OpenMatters:
    """What a member is party to, and what becomes of it when they erase their account.

    Args:
        records: on records.
        collaboration: on requests and responses.
        showcases: entries, what they present, registrations, teams.
        commitments: what they answer for or are asked to.
        standing: roles, status, memberships, and what is proposed or asked for.
        reports: how many reports of abuse by or about the member wait; they are decided without them.
    """

    records: OpenRecords
    collaboration: OpenCollaboration
    showcases: OpenShowcases
    commitments: OpenCommitments
    standing: OpenStanding
    reports: int

    @property
    def is_needed(self) -> bool:
        """Whether the hub would have too few people in a role, so that nothing is erased."""
        return bool(self.standing.needed)


def open_matters(member: Member) -> OpenMatters:
    """Return what `member` is party to now."""
    reports = session().scalar(
        select(func.count())
        .select_from(AbuseReport)
        .where(
            or_(AbuseReport.reported_by_id == member.id, AbuseReport.about_id == member.id),
            AbuseReport.status == AbuseStatus.SUBMITTED,
        )
    )
    return OpenMatters(
        open_records(member),
        open_collaboration(member),
        open_showcases(member),
        open_commitments(member),
        open_standing(member),
        reports or 0,
    )


def new_pseudonym() -> str:
    """Return a name under which contributions stay: “Former member” and random letters."""
    return f"{FORMER} {''.join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))}"


def erase_account(actor: Member) -> None:
    """Erase one's own account for good; the address gets a last mail.

    Raises:
        ConflictError: the hub needs the person in a role, the account is erased, or something of theirs was decided
            at the same moment.
    """
    if actor.status is MemberStatus.ERASED:
        raise ConflictError
    _erase(Viewer(member_id=actor.id, public_id=actor.public_id), actor)


def erase_for_the_hub(member: Member) -> None:
    """Erase the account of somebody who cannot do it, since it is kept no longer or they asked by mail; they are told.

    Raises:
        ConflictError: as for one's own account.
    """
    if member.status is MemberStatus.ERASED:
        raise ConflictError
    _erase(VISITOR, member)


def _erase(viewer: Viewer, member: Member) -> None:
    standing = open_matters(member).standing
    if standing.needed:
        raise ConflictError(NEEDED)
    address, language, name = member.email, member.language, member.display_name
    # showcases are held before the requests that are born from them
    close_showcases(viewer, member)
    close_collaboration(viewer, member)
    close_commitments(viewer, member)
    close_records(viewer, member)
    withdraw_proposals_of(viewer, member)
    close_standing(viewer, member)
    MEMBERS.move(
        member,
        "erase",
        email=None,
        email_confirmed_at=None,
        password_hash=None,
        display_name=new_pseudonym(),
        country=None,
        time_zone=None,
        vetted_until=None,
    )
    session().flush()
    _forget_messages(member)
    forget_suggested(subject_of(member))
    _forget_mails(name, member)
    _apply_inventory(member)
    if address is not None:
        _forget_address(address, member)
    session().expire_all()
    _forget_found(document_id(member))
    # the lock of commits comes after every row; two who leave at once must see one another
    lock_commits()
    if any(is_needed(each) for each in standing.roles):
        raise ConflictError(NEEDED)
    record(viewer, Event.MEMBER_ERASE, subject_of(member))
    if address is not None:
        queue_mail(LAST_MAIL, address=address, language=language, member=member.public_id)


def _apply_inventory(member: Member) -> None:
    """Do with every row that names the member what the inventory says, children before what they rest on."""
    for table in (ProfileTerm, ProfileLink):
        session().execute(delete(table).where(table.member_id == member.id))
    for link in sorted(LINKS, key=_order, reverse=True):
        if link.fate is Fate.UNNAME:
            _update(link, member, {link.column.key: None})
        elif link.fate is Fate.BLANK:
            values: dict[str, object] = {
                name: value(member) if callable(value) else value for name, value in link.blanks.items()
            }
            _update(link, member, values)
        elif link.fate is Fate.DELETE and link.model is not ContactMessage:
            session().execute(
                delete(link.model).where(link.is_of(member)),
                execution_options={"synchronize_session": False},
            )


def _order(link: Link) -> int:
    tables: list[Table] = Base.metadata.sorted_tables
    return tables.index(link.table)


def _update(link: Link, member: Member, values: dict[str, object]) -> None:
    session().execute(
        update(link.model).where(link.is_of(member)).values(values),
        execution_options={"synchronize_session": False},
    )


def _forget_messages(member: Member) -> None:
    """Delete what the member wrote to others, and what tells others of it, of introductions to them or of them."""
    subjects = [*forget_messages_of(member), *introductions_named(member), subject_of(member)]
    session().execute(
        delete(Notification).where(Notification.subject.in_(subjects)),
        execution_options={"synchronize_session": False},
    )


def _forget_mails(name: str, member: Member) -> None:
    """Delete the mails to others that name the member: invitations that they sent, and roles that they offered."""
    links = (
        session()
        .scalars(
            select(MailToken.public_id)
            .join(Invitation, Invitation.token_id == MailToken.id)
            .where(Invitation.invited_by_id == member.id)
        )
        .all()
    )
    offered = select(RoleProposal.member_id).where(RoleProposal.proposed_by_id == member.id)
    for is_theirs in (
        and_(OutboxMessage.kind == "invitation", OutboxMessage.parameters["token"].as_string().in_(links)),
        and_(
            OutboxMessage.kind == "role_offered",
            OutboxMessage.member_id.in_(offered),
            OutboxMessage.parameters["name"].as_string() == name,
        ),
    ):
        session().execute(
            delete(OutboxMessage).where(is_theirs), execution_options={"synchronize_session": False}
        )


def _forget_found(identity: str) -> None:
    """Take the profile out of every index, and what it said out of the journal, which keeps what was indexed before."""
    session().execute(
        update(SearchJournal).where(SearchJournal.document_id == identity).values(document=None),
        execution_options={"synchronize_session": False},
    )
    queue_removal(identity)


def _forget_address(address: str, member: Member) -> None:
    """Take the address out of what names no member: mails to it, and invitations sent to it with their links."""
    held = select(Invitation.token_id)
    for statement in (
        delete(OutboxMessage).where(OutboxMessage.address == address),
        delete(MailToken).where(MailToken.address == address, MailToken.id.not_in(held)),
        update(MailToken).where(MailToken.address == address).values(address=nowhere(member)),
        update(Invitation).where(Invitation.email == address).values(email=nowhere(member)),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
