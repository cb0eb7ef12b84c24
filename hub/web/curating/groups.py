"""What a team does besides the parts: entries, programme, registrations, and what comes after; with what waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.showcases.making.waiting import TeamWaiting
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.models.showcase import OVER


@dataclass(frozen=True)
class Place:
    """One page of the team.

    Args:
        title: what it is called.
        href: where it is.
        hint: one line of help.
        waits: what waits there, in words; empty where nothing does.
    """

    title: LazyString
    href: str
    hint: LazyString
    waits: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that belong together, under a heading."""

    key: str
    title: LazyString
    places: Sequence[Place]


def groups_of(showcase: Showcase, waiting: TeamWaiting) -> list[Group]:
    """Return the pages that a showcase has in its present state; a past one from public sources has none of them."""
    if showcase.is_compiled:
        return []
    groups = [Group("programme", _l("Programme"), _programme(showcase))]
    if showcase.status is not ShowcaseStatus.DRAFT:
        groups.insert(0, Group("entries", _l("Entries"), _entries(showcase, waiting)))
    if showcase.status is not ShowcaseStatus.DRAFT and showcase.registration_opens_at is not None:
        groups.append(Group("registration", _l("Registration"), _registrations(showcase, waiting)))
    if showcase.status in (ShowcaseStatus.LIVE, *OVER):
        groups.append(Group("afterwards", _l("Afterwards"), _afterwards(showcase)))
    return groups


def _entries(showcase: Showcase, waiting: TeamWaiting) -> list[Place]:
    slug = showcase.slug
    to_score = (
        ngettext("%(num)s waits for your scores", "%(num)s wait for your scores", waiting.to_score)
        if waiting.to_score
        else ""
    )
    features = (
        ngettext("%(num)s proposal to feature", "%(num)s proposals to feature", waiting.features)
        if waiting.features
        else ""
    )
    places = [
        Place(
            _l("Entries to judge"),
            url_for("curating.entries", slug=slug),
            _l("Read, score, discuss, decide"),
            " · ".join(filter(None, (to_score, features))),
        ),
        Place(
            _l("Progress of the review"),
            url_for("curating.progress", slug=slug),
            _l("How far each curator is"),
        ),
        Place(
            _l("Ranking"),
            url_for("curating.ranking", slug=slug),
            _l("Means by weight, and where scores differ"),
        ),
    ]
    if showcase.status is ShowcaseStatus.REVIEW and showcase.decisions_sent_at is None:
        places.append(
            Place(
                _l("Send the decisions"),
                url_for("curating.send", slug=slug),
                _l("All at once, when each entry has one"),
            )
        )
    return places


def _programme(showcase: Showcase) -> list[Place]:
    slug = showcase.slug
    places = [
        Place(
            _l("Slots"), url_for("curating.programme", slug=slug), _l("Place entries, breaks and plenaries")
        ),
        Place(_l("Rooms"), url_for("curating.rooms", slug=slug), _l("Seats, access, when they are free")),
        Place(_l("Tracks"), url_for("curating.tracks", slug=slug), _l("Threads through the programme")),
    ]
    if showcase.status is ShowcaseStatus.REVIEW:
        places.append(
            Place(
                _l("Publish the programme"),
                url_for("curating.publish_programme", slug=slug),
                _l("Afterwards every change is logged and told"),
            )
        )
    return places


def _registrations(showcase: Showcase, waiting: TeamWaiting) -> list[Place]:
    slug = showcase.slug
    to_approve = (
        ngettext("%(num)s waits for approval", "%(num)s wait for approval", waiting.to_approve)
        if waiting.to_approve
        else ""
    )
    return [
        Place(
            _l("Registrations"),
            url_for("curating.registrations", slug=slug),
            _l("Who comes, who waits, what they need"),
            to_approve,
        ),
        Place(
            _l("Check-in"), url_for("curating.check_in", slug=slug), _l("At the entrance, by code or by name")
        ),
    ]


def _afterwards(showcase: Showcase) -> list[Place]:
    slug = showcase.slug
    places = [
        Place(_l("What was presented"), url_for("curating.presence", slug=slug), _l("Entry by entry")),
    ]
    if showcase.status in OVER:
        places.append(Place(_l("Report"), url_for("curating.report", slug=slug), _l("What came of it")))
    return places
