"""Mails that wait to be sent: rows written in the transaction of what they tell of. No wording, no sending."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.database import Base, session
from hub.core.ids import PUBLIC_ID_LENGTH, new_public_id

LEASE = timedelta(minutes=5)
"""After this long a claim counts as abandoned; sending one mail takes less, whatever the server does."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""Between two tries; the wait doubles with each."""

GIVEN_UP_AFTER = timedelta(days=5)
"""How long a mail is tried, as mail servers do among themselves."""

KEPT_FOR = timedelta(days=30)
"""How long it stays known that a mail was sent, or given up."""

LAST_MAIL = "account_erased"
"""The kind of mail that says that an account is erased; once it is sent, nothing ties its address to who they were."""

ADDRESS_LENGTH = 254
"""Characters of the longest e-mail address that can be delivered (RFC 5321)."""

ERROR_LENGTH = 200

WITHDRAWN = "withdrawn"
"""Stands for an error where the receiver may no longer get the mail."""

Parameter = str | int | bool | list[str] | None

_IS_OPEN = "sent_at IS NULL AND failed_at IS NULL"


class OutboxMessage(Base):
    """One mail to one receiver: a member, at whatever address they have by then, or a mere address."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        CheckConstraint("member_id IS NOT NULL OR address IS NOT NULL", name="to_somebody"),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="sent_or_failed"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index(
            "ix_outbox_messages_open",
            "due_at",
            "id",
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), unique=True, default=new_public_id)
    """The Message-ID is made of it, so that a mail that was sent twice is known for one."""
    kind: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(ADDRESS_LENGTH))
    language: Mapped[str] = mapped_column(String(20))
    parameters: Mapped[dict[str, Parameter]] = mapped_column(JSON)
    """Ids, codes and short words; never a secret."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(ERROR_LENGTH), default="")
    """The kind of error only: what mail servers say repeats addresses."""


@dataclass(frozen=True)
class Claim:
    """A mail that this process has taken and nobody else sends, until the lease runs out.

    Args:
        message_id: the row.
        claimed_at: when it was taken; another claim of the same row has another moment.
    """

    message_id: int
    claimed_at: datetime


def queue_mail(
    kind: str,
    *,
    member_id: int | None = None,
    address: str | None = None,
    language: str,
    **parameters: object,
) -> OutboxMessage:
    """Write down a mail that is sent after the running transaction has committed.

    Args:
        kind: what it tells; the mail package knows the words.
        member_id: who gets it, at the address they have when it is sent.
        address: who gets it instead: somebody who is no member yet, or an address that somebody leaves.
        language: BCP 47 tag of the receiver's language.
        parameters: what the mail names: ids, codes, short words, moments and days (kept in ISO 8601).

    Raises:
        ValueError: not exactly one receiver, or an address that is none.
        TypeError: a parameter that cannot be stored.
    """
    if (member_id is None) == (address is None):
        raise ValueError("a mail goes to a member or to an address")
    if address is not None and not _is_plain(address):
        raise ValueError("this is no e-mail address")
    message = OutboxMessage(
        kind=kind,
        member_id=member_id,
        address=address,
        language=language,
        parameters=_all_storable(parameters),
    )
    session().add(message)
    session().flush()
    return message


def queue_mails(kind: str, mails: Iterable[tuple[int, str, Mapping[str, object]]]) -> None:
    """Write down many mails of one kind at once; see `queue_mail`.

    Args:
        kind: what they tell.
        mails: for each the id of the member who gets it, the language, and what it names.

    Raises:
        TypeError: a parameter that cannot be stored.
    """
    session().add_all(
        OutboxMessage(kind=kind, member_id=member_id, language=language, parameters=_all_storable(parameters))
        for member_id, language, parameters in mails
    )
    session().flush()


def _all_storable(parameters: Mapping[str, object]) -> dict[str, Parameter]:
    return {name: _storable(name, value) for name, value in parameters.items()}


def _is_plain(address: str) -> bool:
    """Whether `address` can stand in a header: nothing in it could begin another one."""
    return "@" in address and address.isprintable() and " " not in address and len(address) <= ADDRESS_LENGTH


def _storable(name: str, value: object) -> Parameter:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return [str(each) for each in value]
    raise TypeError(f"{name} is no text, number, moment or list of texts")


def _is_due(moment: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.failed_at.is_(None),
        OutboxMessage.due_at <= moment,
        or_(OutboxMessage.claimed_at.is_(None), OutboxMessage.claimed_at < moment - LEASE),
    )


def due_message_id() -> int | None:
    """Return the id of the mail that has waited longest of those to be sent now, or None."""
    return session().scalar(
        select(OutboxMessage.id)
        .where(_is_due(now()))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
    )


def claim_due(limit: int) -> list[Claim]:
    """Take mails that are due before they are sent, those that have waited longest first. Belongs into a transaction.

    What another process is just taking is left to it.

    Args:
        limit: the most that are taken.
    """
    moment = now()
    due = (
        session()
        .scalars(
            select(OutboxMessage.id)
            .where(_is_due(moment))
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        .all()
    )
    session().execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(due))
        .values(claimed_at=moment, attempts=OutboxMessage.attempts + 1),
        execution_options={"synchronize_session": False},
    )
    return [Claim(number, moment) for number in due]


def release(claims: Collection[Claim]) -> None:
    """Give back mails that were taken and not tried, so that they are taken anew. Belongs into a transaction."""
    _mark(claims, claimed_at=None, attempts=OutboxMessage.attempts - 1)


def mark_sent(*claims: Claim) -> int:
    """Note that the server took these mails; return how many claims still held. Belongs into a transaction."""
    return _mark(claims, sent_at=now(), claimed_at=None, last_error="")


def mark_withdrawn(*claims: Claim) -> int:
    """Note that the receivers may no longer get these mails, which are then never sent; return as `mark_sent`."""
    return _mark(claims, failed_at=now(), claimed_at=None, last_error=WITHDRAWN)


def mark_failed(claimed: Claim, error: str, *, is_final: bool = False) -> bool:
    """Put the mail off to another try, or give it up after five days. Belongs into a transaction.

    Args:
        claimed: the claim under which it was tried.
        error: the kind of error, without any text that people or servers wrote.
        is_final: no other try can help.
    """
    message = session().get(OutboxMessage, claimed.message_id)
    if message is None:
        return False
    moment = now()
    error = error[:ERROR_LENGTH]
    if is_final or moment - message.created_at >= GIVEN_UP_AFTER:
        return _mark([claimed], failed_at=moment, claimed_at=None, last_error=error) == 1
    wait = wait_after(message.attempts)
    return _mark([claimed], due_at=moment + wait, claimed_at=None, last_error=error) == 1


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: a minute after the first, then twice as long, six hours at most."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _mark(claims: Collection[Claim], **values: object) -> int:
    """Change the rows whose claims still hold, those that were claimed together in one statement; return how many."""
    together: dict[datetime, list[int]] = {}
    for claimed in claims:
        together.setdefault(claimed.claimed_at, []).append(claimed.message_id)
    marked = 0
    for claimed_at, message_ids in together.items():
        result = session().execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_(message_ids),
                OutboxMessage.claimed_at == claimed_at,
                OutboxMessage.sent_at.is_(None),
                OutboxMessage.failed_at.is_(None),
            )
            .values(**values),
            execution_options={"synchronize_session": False},
        )
        marked += result.rowcount  # type: ignore[attr-defined]
    return marked


def count_waiting(longer_than: timedelta) -> int:
    """Return how many mails were written down more than `longer_than` ago and have not gone out."""
    found = session().scalar(
        select(func.count())
        .select_from(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.created_at < now() - longer_than,
        )
    )
    return found or 0


def forget_sent() -> int:
    """Delete mails that went out or were given up 30 days ago, and last mails at once; return how many.

    Belongs into a transaction.
    """
    limit = now() - KEPT_FOR
    is_done = or_(OutboxMessage.sent_at.is_not(None), OutboxMessage.failed_at.is_not(None))
    gone = session().execute(
        delete(OutboxMessage).where(
            or_(
                OutboxMessage.sent_at < limit,
                OutboxMessage.failed_at < limit,
                and_(OutboxMessage.kind == LAST_MAIL, is_done),
            )
        ),
        execution_options={"synchronize_session": False},
    )
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
