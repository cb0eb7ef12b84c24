"""How the report of exposure says what it found: the names of groups, and one sentence above each chart."""

from flask_babel import LazyString, format_percent, lazy_gettext as _l, ngettext

from hub.matching.facts import Kind
from hub.matching.fairness.floor import FIRST
from hub.matching.fairness.followed import Step
from hub.matching.fairness.groups import Dimension, Size
from hub.matching.fairness.report import Breakdown, Row
from hub.web.i18n import country_name, term, translate

KINDS: dict[Kind, LazyString] = {
    Kind.INNOVATION: _l("Innovations"),
    Kind.REQUEST: _l("Requests"),
    Kind.MEMBER: _l("Members"),
}
"""What is suggested to members."""

DIMENSIONS: dict[Dimension, LazyString] = {
    Dimension.COUNTRY: _l("Country"),
    Dimension.MEMBER_TYPE: _l("Member type"),
    Dimension.ORGANISATION_SIZE: _l("Size of the organisation"),
}
"""By what is counted."""

SIZES: dict[str, LazyString] = {
    Size.ONE: _l("One member on the hub"),
    Size.FEW: _l("2 to 9 members"),
    Size.MANY: _l("10 members and more"),
}
"""Sizes of organisations."""

STEPS: dict[Step, LazyString] = {
    Step.INVITED: _l("Invitations to respond that led to a response"),
    Step.INTRODUCED: _l("Introductions asked for that were accepted"),
    Step.TOLD_REQUEST: _l("Requests told by the weekly mail that the member responded to"),
    Step.TOLD_MEMBER: _l("Members told by the weekly mail to whom an introduction was asked for"),
}
"""What may lead to something."""


def group_name(dimension: Dimension, row: Row) -> str:
    """Return what a row is called."""
    if row.groups:
        words = _small(dimension, row.groups)
        return f"{words}; {_seldom(row.seldom)}" if row.seldom else words
    if dimension is Dimension.ORGANISATION_SIZE:
        return str(SIZES[row.value]) if row.value else translate("No organisation with members on the hub")
    if not row.value:
        return translate("Not stated")
    return country_name(row.value) if dimension is Dimension.COUNTRY else term("member_types", row.value)


def finding(breakdown: Breakdown) -> str:
    """Return what a breakdown shows, in one sentence."""
    if not breakdown.told:
        return {
            Dimension.COUNTRY: translate("Too few to say anything by country"),
            Dimension.MEMBER_TYPE: translate("Too few to say anything by member type"),
            Dimension.ORGANISATION_SIZE: translate("Too few to say anything by size of the organisation"),
        }[breakdown.dimension]
    if not breakdown.behind:
        return {
            Dimension.COUNTRY: translate("No country has less than half of an even share"),
            Dimension.MEMBER_TYPE: translate("No member type has less than half of an even share"),
            Dimension.ORGANISATION_SIZE: translate(
                "No size of organisation has less than half of an even share"
            ),
        }[breakdown.dimension]
    least, others = breakdown.behind[0], len(breakdown.behind) - 1
    name, share = group_name(breakdown.dimension, least), format_percent(round(least.ratio or 0.0, 2))
    if not others:
        return translate("%(name)s: %(share)s of an even share", name=name, share=share)
    return str(
        ngettext(
            "%(name)s: %(share)s of an even share; %(num)s more has less than half of one",
            "%(name)s: %(share)s of an even share; %(num)s more have less than half of one",
            others,
            name=name,
            share=share,
        )
    )


def floor_words(percent: int) -> str:
    """Return how many of the first places a floor keeps."""
    kept = FIRST * percent // 100
    if not kept:
        return translate("Off: the order is by fit alone")
    return str(ngettext("%(num)s of the first ten places", "%(num)s of the first ten places", kept))


def _seldom(groups: int) -> str:
    return str(
        ngettext("%(num)s of them is seldom suggested", "%(num)s of them are seldom suggested", groups)
    )


def _small(dimension: Dimension, groups: int) -> str:
    if dimension is Dimension.COUNTRY:
        return str(
            ngettext("%(num)s country with fewer than five", "%(num)s smallest countries together", groups)
        )
    return str(ngettext("%(num)s group with fewer than five", "%(num)s smallest groups together", groups))
