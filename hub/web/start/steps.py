"""One next step for each person, by rule: the first thing that they lack and that would help them most."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, lazy_gettext as _l

from hub.access.viewer import Viewer
from hub.alerts.own import OwnOrganisation
from hub.members.profiles.completeness import Completeness
from hub.organisations.models import OrganisationStatus


@dataclass(frozen=True)
class Standing:
    """What the rules ask about somebody.

    Args:
        viewer: their rights.
        completeness: of their profile.
        organisations: those that they belong to.
        may_register: whether they may register innovations.
        has_records: whether they have any.
        draft: address of a record whose draft they can finish; empty where there is none.
        follows: how many things they follow.
        has_factor: whether they have a second factor.
    """

    viewer: Viewer
    completeness: Completeness
    organisations: tuple[OwnOrganisation, ...]
    may_register: bool
    has_records: bool
    draft: str
    follows: int
    has_factor: bool

    @property
    def unverified(self) -> OwnOrganisation | None:
        """An organisation that they speak for, and that nobody verified or was asked to."""
        waiting = (
            each
            for each in self.organisations
            if each.is_representative
            and not each.is_asked
            and each.organisation.status is not OrganisationStatus.VERIFIED
        )
        return next(waiting, None)


@dataclass(frozen=True)
class Step:
    """What somebody might do next: a title, one line on what it brings, and where."""

    title: LazyString
    why: LazyString
    href: str
    action: LazyString


Rule = tuple[Callable[[Standing], bool], Callable[[Standing], Step]]


def _factor(_standing: Standing) -> Step:
    return Step(
        _l("Set up a second factor"),
        _l("Your roles and your status rest until then."),
        url_for("account.security"),
        _l("Set it up"),
    )


def _draft(standing: Standing) -> Step:
    return Step(
        _l("Finish your draft"),
        _l("Nobody else sees what you wrote there until you submit it and a coordinator has read it."),
        url_for("catalogue.tasks", slug=standing.draft),
        _l("Go on"),
    )


def _profile(standing: Standing) -> Step:
    is_begun = standing.completeness.done > 1
    return Step(
        _l("Complete your profile") if is_begun else _l("Say who you are and what you look for"),
        _l(
            "You are found by your skills and languages, and see what fits your work. You decide who reads it."
        ),
        url_for("account.profile"),
        _l("Fill it in"),
    )


def _organisation(_standing: Standing) -> Step:
    return Step(
        _l("Register your organisation"),
        _l("Innovations belong to organisations: with yours here you can register them."),
        url_for("organisations.new"),
        _l("Register it"),
    )


def _verify(standing: Standing) -> Step:
    own = standing.unverified
    slug = own.organisation.slug if own else ""
    return Step(
        _l("Have your organisation verified"),
        _l("Only verified organisations stand in the directory and can claim records."),
        url_for("organisations.verification", slug=slug),
        _l("Ask for it"),
    )


def _innovation(_standing: Standing) -> Step:
    return Step(
        _l("Register an innovation"),
        _l("The first parts take about ten minutes; a coordinator reads it before anybody else does."),
        url_for("catalogue.new"),
        _l("Begin"),
    )


def _follow(_standing: Standing) -> Step:
    return Step(
        _l("Follow what matters to you"),
        _l("Follow a country, an organisation or a search, and you are told what is new there."),
        url_for("catalogue.search"),
        _l("Search the catalogue"),
    )


def _safer(_standing: Standing) -> Step:
    return Step(
        _l("Protect your account with a second factor"),
        _l("A stolen password then opens nothing."),
        url_for("account.security"),
        _l("Set it up"),
    )


ENOUGH = 2 / 3
"""Of a profile, after which it is no longer the next step."""

RULES: tuple[Rule, ...] = (
    (lambda s: s.viewer.is_withheld, _factor),
    (lambda s: bool(s.draft), _draft),
    (lambda s: s.completeness.done < ENOUGH * s.completeness.total, _profile),
    (
        lambda s: not s.organisations and not s.viewer.is_privileged,
        _organisation,
    ),
    (lambda s: s.unverified is not None, _verify),
    (lambda s: s.may_register and not s.has_records, _innovation),
    (lambda s: not s.follows, _follow),
    (lambda s: not s.has_factor, _safer),
)
"""When each step is the next one, in this order."""


def next_step(standing: Standing) -> Step | None:
    """Return the first step that fits, or None for who has done all of them."""
    return next((step(standing) for fits, step in RULES if fits(standing)), None)
