"""What somebody with a conflict sees in place of what they opened: why, until when, and who decides instead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from flask import render_template
from sqlalchemy.exc import OperationalError

from hub.access.audience import Tlp
from hub.access.viewer import Interest, Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.integrity.escalation import COORDINATORS, Bench
from hub.integrity.interests import COOLING_KINDS, MEMBERSHIP
from hub.integrity.permissions import CONFLICT_WORDS, Conflict, Involvement
from hub.integrity.queries import Ground, ground_of, recusal_of
from hub.integrity.service import record_recusal
from hub.members.models import Member
from hub.web.context import day
from hub.web.i18n import language, translate
from hub.web.sessions import viewer

INTEREST_WORDS = {
    "employer": N_("You declared that you work for %(organisation)s."),
    "funding": N_("You declared funding between you and %(organisation)s."),
    "shareholding": N_("You declared that you own a part of %(organisation)s or lent it money."),
    "family": N_("You declared that somebody close to you is tied to %(organisation)s."),
    "past_employment": N_("You declared that you worked for %(organisation)s."),
    MEMBERSHIP: N_("You belonged to %(organisation)s."),
}

ENDED_WORDS = {
    "employer": N_("You were employed by %(organisation)s until %(month)s."),
    "funding": N_("There was funding between you and %(organisation)s until %(month)s."),
    "past_employment": N_("You were employed by %(organisation)s until %(month)s."),
    MEMBERSHIP: N_("You belonged to %(organisation)s until %(month)s."),
}
"""For interests that still make a conflict after their end."""

CONSEQUENCE = N_("It takes part in this. So you can neither read the discussion nor decide.")

RULES = {
    Conflict.OWN_SUBMISSION: N_("Nobody decides about what they registered, submitted or are named in."),
    Conflict.OWN_PROPOSAL: N_("Who proposes something does not decide it."),
    Conflict.OWN_ORGANISATION: N_("Nobody decides about what their own organisation takes part in."),
    Conflict.INTEREST: N_("A declared interest in an organisation that takes part."),
    Conflict.DECLARED: N_("Who recuses themselves stays recused."),
}


@dataclass(frozen=True)
class Stopped:
    """What somebody opened and may not decide.

    Args:
        conflict: which conflict it is.
        involvement: who takes part; its subject is what the recusal is recorded for.
        label: small words above the title, such as the kind of task.
        title: what it is called; only what the person may know anyway.
        back: address of the list that they came from.
        back_text: the words of that link.
        language: BCP 47 code of the title, or None.
        tlp: its label, or None where it has none.
        holder: who decides it instead, or None while nobody took it.
        taken_at: since when.
        read: address of what everybody else may read of it, or nothing.
        release: gives it back, where the person holds it themselves.
        roles: who could decide it.
        needed: how many people it still takes.
        but: ids of members who had their say already.
        is_escalated: whether too few are free to decide it; None to find out from `roles`, `needed` and `but`.
        own_words: message id of why, where the thing has words of its own for it.
    """

    conflict: Conflict
    involvement: Involvement
    label: str
    title: str
    back: str
    back_text: str
    language: str | None = None
    tlp: Tlp | None = None
    holder: Member | None = None
    taken_at: datetime | None = None
    read: str = ""
    release: Callable[[], None] | None = None
    roles: frozenset[Role] = COORDINATORS
    needed: int = 1
    but: frozenset[int | None] = frozenset()
    is_escalated: bool | None = None
    own_words: str = ""


def stop_page(item: Stopped) -> str:
    """Return the page that keeps somebody from a thing they have a conflict with, and record the recusal once.

    Nothing that was said or found about the thing is on it.
    """
    record_once(item)
    ground = ground_of(viewer(), item.involvement, item.conflict)
    is_escalated = item.is_escalated
    if is_escalated is None:
        short = Bench(item.roles).shortage(item.involvement, needed=item.needed, but=item.but)
        is_escalated = item.holder is None and short is not None
    return render_template(
        "coordinate/recused.html",
        item=item,
        why=translate(item.own_words) if item.own_words else why(item.conflict, ground),
        words=ground.words,
        found=found_from(item.conflict, ground),
        rule=translate(RULES[item.conflict]),
        until=until(item.conflict, ground.interest),
        is_escalated=is_escalated,
    )


def record_once(item: Stopped) -> None:
    """Write the recusal down where it is not yet, and give back what the person holds.

    One's own proposal is no recusal: who proposes has had their say.
    """
    somebody, subject = viewer(), item.involvement.subject
    is_due = item.conflict is not Conflict.OWN_PROPOSAL and recusal_of(somebody, subject) is None
    if not is_due and item.release is None:
        return
    try:
        with transaction():
            if is_due:
                record_recusal(somebody, subject, item.conflict)
            if item.release is not None:
                item.release()
    except (ConflictError, OperationalError):
        # a second click was faster, or the disk is full: whoever has a conflict is kept out all the same
        pass


def why(conflict: Conflict, ground: Ground) -> str:
    """Return in one or two sentences why somebody may not decide, as exactly as the hub knows."""
    if ground.organisation is None:
        return translate(CONFLICT_WORDS[conflict])
    name = ground.organisation.name
    if ground.interest is None:
        fact = translate("You belong to %(organisation)s.", organisation=name)
    else:
        fact = said_interest(ground.interest, name)
    return f"{fact} {translate(CONSEQUENCE)}"


def said_interest(interest: Interest, organisation: str) -> str:
    """Return a declared interest in words."""
    ended = interest.ended_on
    if ended is not None and ended <= now().date() and interest.kind in ENDED_WORDS:
        return translate(ENDED_WORDS[interest.kind], organisation=organisation, month=month(ended))
    return translate(INTEREST_WORDS[interest.kind], organisation=organisation)


def found_from(conflict: Conflict, ground: Ground) -> str:
    """Return what the hub knows the conflict from, in words."""
    if conflict is Conflict.INTEREST and ground.since:
        return translate("Your declaration of %(day)s", day=day(ground.since))
    if conflict is Conflict.DECLARED and ground.since:
        return translate("Your own words of %(day)s", day=day(ground.since))
    is_former = ground.interest is not None and ground.interest.kind == MEMBERSHIP
    if conflict is Conflict.OWN_ORGANISATION or is_former:
        return translate("Your membership")
    if conflict is Conflict.OWN_PROPOSAL:
        return translate("Your proposal")
    return translate("What you sent in, or what was sent in about you")


def until(conflict: Conflict, interest: Interest | None) -> str:
    """Return until when the conflict binds, in words."""
    if conflict is Conflict.OWN_ORGANISATION:
        return translate("24 months after you leave the organisation")
    if interest is None:
        return translate("Never")
    if interest.until is not None:
        return day(interest.until)
    if interest.kind in COOLING_KINDS:
        return translate("24 months after the end that you declare")
    return translate("With the end that you declare")


def month(moment: date) -> str:
    """Return month and year in words, such as "March 2026"."""
    return str(format_skeleton("yMMMM", moment, locale=language().locale))
