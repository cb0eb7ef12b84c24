"""How commitments are told: states, makers and roles by name, days as exactly as they are known, spans of years."""

from datetime import date

from babel.dates import format_skeleton
from flask_babel import format_date

from hub.commitments.models import ActionPlan, CommitmentStatus, Maker, PartyRole, Precision
from hub.core.i18n import N_
from hub.web.i18n import language, translate

STATUS_NAMES = {
    CommitmentStatus.DRAFT: N_("Draft"),
    CommitmentStatus.ACTIVE: N_("Active"),
    CommitmentStatus.ENDED: N_("Closed"),
}
"""Message ids of where the record of a commitment stands."""

MAKER_NAMES = {
    Maker.SELF: N_("Own assessment"),
    Maker.IRM: N_("Independent Reporting Mechanism"),
}
"""Message ids of who assesses."""

ROLE_NAMES = {
    PartyRole.LEAD: N_("In the lead"),
    PartyRole.SUPPORT: N_("Support within government"),
    PartyRole.SUPPORTER: N_("Support from outside"),
    PartyRole.INTEREST: N_("Said that they were interested"),
}
"""Message ids of what somebody has to do with a commitment."""


def partial_date(day: date, precision: Precision = Precision.DAY) -> str:
    """Return a date in words, no more exactly than it is known, such as "November 2017"."""
    if precision == Precision.DAY:
        return str(format_date(day, "long"))
    skeleton = "yMMMM" if precision == Precision.MONTH else "y"
    return str(format_skeleton(skeleton, day, locale=language().locale))


def years_of(plan: ActionPlan) -> str:
    """Return the years of an action plan, such as "2016–2018"."""
    if plan.ends_year is None or plan.ends_year == plan.cycle_year:
        return str(plan.cycle_year)
    return f"{plan.cycle_year}–{plan.ends_year}"


def span_of(began: date, ended: date | None, precision: Precision) -> str:
    """Return a span of time in words, no more exactly than it is known."""
    first = partial_date(began, precision)
    if ended is None:
        return translate("since %(day)s", day=first)
    last = partial_date(ended, precision)
    if first == last:
        return first
    return translate("%(first)s to %(last)s", first=first, last=last)
