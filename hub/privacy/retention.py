"""How long things are kept: one table of rules, swept once an hour, or counted without deleting anything."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from sqlalchemy import exists, or_, select

from hub.catalogue.batches.service import forget_runs
from hub.collaboration.conversations.forgetting import forget_conversations
from hub.collaboration.inviting.forgetting import forget_invitations as forget_invitations_to_respond
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.outbox import forget_sent
from hub.core.uploads import forget_orphans
from hub.matching.forgetting import forget_told
from hub.members.introductions.forgetting import forget_introductions
from hub.members.links import forget_links
from hub.members.messages.forgetting import forget_messages
from hub.members.models import Member, MemberStatus
from hub.members.signing_in import forget_old
from hub.notifications.digests import forget_notifications
from hub.privacy.archive import unlink_but
from hub.privacy.erasure import erase_for_the_hub
from hub.privacy.exports import file_names, forget_exports
from hub.privacy.log_erasure import finish_erasures
from hub.vetting.abuse.service import forget_reports
from hub.vetting.invitations import forget_invitations
from hub.vetting.joining import forget_abandoned
from hub.vetting.models import Application

DECLINED_KEPT = timedelta(days=365)

MOST_ERASED = 50
"""Accounts that one sweep erases: nobody else can write meanwhile."""


class _UndoneError(Exception):
    """Takes a dry run back."""


@dataclass(frozen=True)
class Rule:
    """What is kept for how long.

    Args:
        name: how logs and commands call it.
        what: in a few words of plain English.
        kept: how long, in words.
        why: why not longer, or not shorter.
        sweep: deletes what is over and returns how many; inside a transaction.
    """

    name: str
    what: str
    kept: str
    why: str
    sweep: Callable[[], int]


@dataclass(frozen=True)
class FileRule:
    """Files that follow their rows; `count` says how many a sweep of the instance folder would delete now."""

    name: str
    what: str
    kept: str
    why: str
    sweep: Callable[[Path], int]
    count: Callable[[Path], int]


def erase_declined() -> int:
    """Erase the accounts of people who were declined a year ago and did not apply again; return how many."""
    limit = now() - DECLINED_KEPT
    lately = exists().where(
        Application.member_id == Member.id,
        or_(Application.decision.is_(None), Application.decided_at > limit, Application.applied_at > limit),
    )
    declined = session().scalars(
        select(Member)
        .where(Member.status == MemberStatus.DECLINED, Member.created_at <= limit, ~lately)
        .order_by(Member.id)
        .limit(MOST_ERASED)
    )
    found = declined.all()
    for member in found:
        erase_for_the_hub(member)
    return len(found)


RULES = (
    Rule("sign_ins", "sessions, and tries to sign in", "a day", "no session lives longer", forget_old),
    Rule("links", "links in mails", "30 days after use or expiry", "to explain a void link", forget_links),
    Rule(
        "mails", "mails that were sent or given up", "30 days", "to answer what became of a mail", forget_sent
    ),
    Rule(
        "invitations",
        "invitations that nobody accepted",
        "30 days after they expired or were revoked",
        "they hold the address of somebody who is no member",
        forget_invitations,
    ),
    Rule(
        "abandoned",
        "applications whose address nobody confirmed",
        "a week",
        "somebody else may have typed the address",
        forget_abandoned,
    ),
    Rule(
        "declined",
        "accounts of people who were declined",
        "a year after the decision",
        "they may apply again; then the account is erased",
        erase_declined,
    ),
    Rule(
        "notifications",
        "notifications",
        "90 days once read, a year unread",
        "what is old news helps nobody",
        forget_notifications,
    ),
    Rule(
        "abuse_reports",
        "reports of abuse",
        "a year after the decision",
        "to see when somebody is reported again",
        forget_reports,
    ),
    Rule(
        "messages",
        "messages between members",
        "two years; a reported one as long as the report",
        "they are letters, not an archive",
        forget_messages,
    ),
    Rule(
        "introductions",
        "introductions between members",
        "words 30 days after they were taken back or could be answered no more, contacts 90 days after both agreed;"
        " the row a year after asking",
        "whom one may ask again, and nothing more",
        forget_introductions,
    ),
    Rule(
        "conversations",
        "words and files of conversations about requests",
        "two years after the request ended",
        "the outcome stays, the talk need not; work that nobody completes has not ended",
        forget_conversations,
    ),
    Rule(
        "request_invitations",
        "whom requests invited to respond",
        "two years after the request ended",
        "as long as the talk about it",
        forget_invitations_to_respond,
    ),
    Rule(
        "suggestions_told",
        "which suggestions the weekly mail told of",
        "two years",
        "so that none is told twice",
        forget_told,
    ),
    Rule("imports", "reports and files of imports", "90 days", "the records stay", forget_runs),
    Rule(
        "exports",
        "files of own data",
        "7 days; that somebody asked, 90 days",
        "they hold everything at once",
        forget_exports,
    ),
    Rule(
        "log_parts",
        "private parts of the audit log whose erasure two people agreed",
        "until the next hour at most",
        "normally they go at once",
        finish_erasures,
    ),
)
"""In this order: a report of abuse goes before the message that it holds."""

FILE_RULES = (
    FileRule(
        "files",
        "uploaded files that nothing names any more",
        "a day",
        "a file is written before its row",
        forget_orphans,
        lambda folder: forget_orphans(folder, is_dry_run=True),
    ),
    FileRule(
        "export_files",
        "files of own data that nothing names any more",
        "a day",
        "a file is written before its row",
        lambda folder: unlink_but(folder, file_names()),
        lambda folder: unlink_but(folder, file_names(), is_dry_run=True),
    ),
)
"""Swept after the rules, since files follow their rows."""


def sweep(folder: Path) -> Mapping[str, int]:
    """Delete what is kept no longer, rule by rule; doing it twice does no harm. Needs an open session.

    Args:
        folder: the instance folder.

    Returns:
        How many of each rule, by its name.
    """
    counts = {}
    for rule in RULES:
        with transaction():
            counts[rule.name] = rule.sweep()
    return counts | {rule.name: rule.sweep(folder) for rule in FILE_RULES}


def due(folder: Path) -> Mapping[str, int]:
    """Return how many of each rule a sweep would delete now, by doing it and taking it back.

    Each rule is counted alone: what one rule sets free for the next is not counted there.
    """
    counts = {rule.name: _count(rule) for rule in RULES}
    return counts | {rule.name: rule.count(folder) for rule in FILE_RULES}


def _count(rule: Rule) -> int:
    counted = []
    with suppress(_UndoneError), transaction():
        counted.append(rule.sweep())
        _take_back()
    return counted[0]


def _take_back() -> NoReturn:
    raise _UndoneError
