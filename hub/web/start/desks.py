"""How everything that can wait on somebody, and what they sent, is called, and where it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.web.i18n import translate


@dataclass(frozen=True)
class Desk:
    """How one kind of pile is told.

    Args:
        title: the task, given how many.
        why: one line on it.
        endpoint: where it is done.
        action: what the button says.
        is_promised: whether the hub promises to answer in time.
        ends: whether the pile's moment is when it ends.
        anchor: where on that page.
        after: how long after the pile's moment it is asked for.
    """

    title: Callable[[int], str]
    why: LazyString
    endpoint: str
    action: LazyString
    is_promised: bool = True
    ends: bool = False
    anchor: str | None = None
    after: timedelta = timedelta()


ANSWER = _l("The hub answers within 10 working days.")
HELD = _l("You took it, so nobody else decides it.")
OPEN, QUEUE = _l("Open the desk"), "coordinate.queue"
TEAMS = "curating.directory"


def _held(title: Callable[[int], str], anchor: str) -> Desk:
    return Desk(title, HELD, QUEUE, _l("Go on"), anchor=anchor)


def _queued(title: Callable[[int], str], anchor: str) -> Desk:
    return Desk(title, ANSWER, QUEUE, OPEN, anchor=anchor)


DESKS: dict[str, Desk] = {
    "messages": Desk(
        lambda n: ngettext("Read %(num)s message", "Read %(num)s messages", n),
        _l("Members wrote to you through the hub."),
        "account.messages",
        _l("Read"),
        is_promised=False,
    ),
    "introductions": Desk(
        lambda n: ngettext(
            "Answer who would like to meet you", "Answer %(num)s who would like to meet you", n
        ),
        _l("They learn how to reach you only if you accept."),
        "introductions.received",
        _l("Answer"),
        is_promised=False,
    ),
    "offered_roles": Desk(
        lambda n: ngettext("Answer the offer of a role", "Answer the offers of %(num)s roles", n),
        _l("A focal point would like to hand over to you."),
        "account.roles",
        _l("Answer"),
        is_promised=False,
    ),
    "invitations": Desk(
        lambda n: ngettext(
            "Accept the invitation of %(num)s organisation",
            "Accept the invitations of %(num)s organisations",
            n,
        ),
        _l("You are invited to belong to an organisation."),
        "account.organisations",
        _l("Look closer"),
        is_promised=False,
        anchor="invitations",
    ),
    "law_enforcement": Desk(
        lambda _n: translate("Have your law-enforcement status verified again"),
        _l("After that day you see only what members see."),
        "account.law_enforcement",
        _l("Ask for it"),
        ends=True,
    ),
    "offers": Desk(
        lambda n: ngettext("Answer the offer of a record", "Answer the offers of %(num)s records", n),
        _l("Another organisation would hand it over to yours."),
        "catalogue.mine",
        _l("Answer"),
        is_promised=False,
        anchor="offers-title",
    ),
    "replications_to_confirm": Desk(
        lambda n: ngettext("Confirm or dispute a replication", "Confirm or dispute %(num)s replications", n),
        _l("The other side says that it took place. Only you can say so too."),
        "catalogue.mine",
        _l("Answer"),
        is_promised=False,
    ),
    "held_records": _held(
        lambda n: ngettext("Decide the record you took", "Decide the %(num)s records you took", n), "records"
    ),
    "records": _queued(lambda n: ngettext("Review a record", "Review %(num)s records", n), "records"),
    "batches": _queued(
        lambda n: ngettext("Review a batch of records", "Review %(num)s batches of records", n), "batches"
    ),
    "held_evidence": _held(
        lambda n: ngettext("Decide the evidence you took", "Decide %(num)s pieces of evidence you took", n),
        "evidence",
    ),
    "evidence": _queued(
        lambda n: ngettext("Judge a piece of evidence", "Judge %(num)s pieces of evidence", n), "evidence"
    ),
    "held_replications": _held(
        lambda n: ngettext("Decide the replication you took", "Decide the %(num)s replications you took", n),
        "replications",
    ),
    "replications": _queued(
        lambda n: ngettext("Verify a replication", "Verify %(num)s replications", n), "replications"
    ),
    "held_record_claims": _held(
        lambda n: ngettext("Decide the claim you took", "Decide the %(num)s claims you took", n), "claims"
    ),
    "record_claims": _queued(
        lambda n: ngettext("Decide a claim on a record", "Decide %(num)s claims on records", n), "claims"
    ),
    "held_problem_reports": _held(
        lambda n: ngettext(
            "Answer the problem report you took", "Answer %(num)s problem reports you took", n
        ),
        "problems",
    ),
    "problem_reports": _queued(
        lambda n: ngettext("Answer a problem report", "Answer %(num)s problem reports", n), "problems"
    ),
    "held_innovation_proposals": _held(
        lambda n: ngettext("Decide the proposal you took", "Decide the %(num)s proposals you took", n),
        "proposals",
    ),
    "innovation_proposals": _queued(
        lambda n: ngettext("Decide a coordinator's proposal", "Decide %(num)s proposals of coordinators", n),
        "proposals",
    ),
    "held_collaboration_requests": _held(
        lambda n: ngettext(
            "Decide the request for a partner you took",
            "Decide the %(num)s requests for partners you took",
            n,
        ),
        "requests",
    ),
    "collaboration_requests": _queued(
        lambda n: ngettext("Review a request for a partner", "Review %(num)s requests for partners", n),
        "requests",
    ),
    "held_requirements_versions": _held(
        lambda n: ngettext(
            "Decide the new requirements you took", "Decide %(num)s changes of requirements you took", n
        ),
        "requirements",
    ),
    "requirements_versions": _queued(
        lambda n: ngettext(
            "Review new requirements of a request", "Review %(num)s changes of requirements", n
        ),
        "requirements",
    ),
    "held_coordinator_calls": _held(
        lambda n: ngettext("Answer the call you took", "Answer the %(num)s calls you took", n), "calls"
    ),
    "coordinator_calls": _queued(
        lambda n: ngettext("Answer a call from a conversation", "Answer %(num)s calls from conversations", n),
        "calls",
    ),
    "applications": Desk(
        lambda n: ngettext("Decide an application to join", "Decide %(num)s applications to join", n),
        ANSWER,
        "coordinate.members",
        OPEN,
    ),
    "statuses": Desk(
        lambda n: ngettext(
            "Decide a request for law-enforcement status",
            "Decide %(num)s requests for law-enforcement status",
            n,
        ),
        _l("Two coordinators must agree."),
        "coordinate.members",
        OPEN,
    ),
    "resets": Desk(
        lambda n: ngettext("Decide a report of lost factors", "Decide %(num)s reports of lost factors", n),
        _l("Two coordinators must agree; until then the person cannot sign in."),
        "coordinate.members",
        OPEN,
    ),
    "vettings": Desk(
        lambda n: ngettext("Vet a member for another year", "Vet %(num)s members for another year", n),
        _l("Whom nobody vets in time sees only what is public."),
        "coordinate.members",
        OPEN,
        ends=True,
    ),
    "verifications": Desk(
        lambda n: ngettext("Verify an organisation", "Verify %(num)s organisations", n),
        ANSWER,
        "coordinate.organisations",
        OPEN,
    ),
    "merges": Desk(
        lambda n: ngettext("Decide a merge of organisations", "Decide %(num)s merges of organisations", n),
        _l("A second coordinator must agree."),
        "coordinate.merges",
        OPEN,
    ),
    "abuse": Desk(
        lambda n: ngettext("Decide a report of abuse", "Decide %(num)s reports of abuse", n),
        ANSWER,
        "coordinate.abuse",
        OPEN,
    ),
    "terms": Desk(
        lambda n: ngettext("Look at an added word", "Look at %(num)s added words", n),
        _l("Skills and languages that members added to the lists."),
        "coordinate.terms",
        OPEN,
        is_promised=False,
    ),
    "entries_to_score": Desk(
        lambda n: ngettext("Score an entry for a showcase", "Score %(num)s entries for showcases", n),
        _l("Decisions are sent once each entry is judged."),
        TEAMS,
        OPEN,
        is_promised=False,
    ),
    "features_to_decide": Desk(
        lambda n: ngettext(
            "Decide whether an entry is featured", "Decide whether %(num)s entries are featured", n
        ),
        _l("A second curator must agree."),
        TEAMS,
        OPEN,
        is_promised=False,
    ),
    "registrations_to_approve": Desk(
        lambda n: ngettext("Approve a registration", "Approve %(num)s registrations", n),
        _l("People wait to learn whether they have a place at a showcase."),
        TEAMS,
        OPEN,
        is_promised=False,
    ),
    "reports_due": Desk(
        lambda n: ngettext("Write the report of a showcase", "Write the reports of %(num)s showcases", n),
        _l("It is over: say what was presented and what came of it."),
        TEAMS,
        OPEN,
        is_promised=False,
    ),
    "roles": Desk(
        lambda n: ngettext("Decide a proposal of a role", "Decide %(num)s proposals of roles", n),
        _l("A second person must agree."),
        "appointments.proposals",
        OPEN,
    ),
    "erasures": Desk(
        lambda n: ngettext("Decide an erasure of the log", "Decide %(num)s erasures of the log", n),
        _l("A second integrity officer must agree."),
        "integrity.erasures",
        OPEN,
    ),
}
"""Every kind of pile that waits on somebody, by its name in `hub.alerts.waiting`."""


@dataclass(frozen=True)
class Sent:
    """How one kind of what somebody sent is told.

    Args:
        words: what waits, given how many.
        endpoint: where it can be read; empty where it stands nowhere by itself.
    """

    words: Callable[[int], str]
    endpoint: str = ""


SENT: dict[str, Sent] = {
    "sent_statuses": Sent(
        lambda _n: translate("Your request for law-enforcement status"), "account.law_enforcement"
    ),
    "sent_evidence": Sent(lambda n: ngettext("%(num)s piece of evidence", "%(num)s pieces of evidence", n)),
    "sent_claims": Sent(lambda n: ngettext("%(num)s claim on a record", "%(num)s claims on records", n)),
    "sent_replications": Sent(
        lambda n: ngettext("%(num)s replication to be confirmed", "%(num)s replications to be confirmed", n)
    ),
}
"""What somebody sent and others have not answered."""
