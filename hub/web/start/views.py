"""The start page, put together from what each feature knows of who looks: at most forty queries for anybody."""

from collections.abc import Iterable

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from hub.access.viewer import ROLE_NAMES, Role, Viewer
from hub.alerts.own import OwnOrganisation, OwnRecord, own_organisations, own_records
from hub.alerts.waiting import what_waits
from hub.catalogue.countries.figures import figures_of
from hub.catalogue.models import RevisionStatus
from hub.catalogue.permissions import can_edit, can_register
from hub.integrity.permissions import can_handle_conflicts
from hub.members.models import Member
from hub.members.profiles.completeness import completeness_of
from hub.members.profiles.queries import profile_of
from hub.members.queries import has_factor
from hub.notifications.queries import newest_unread
from hub.vetting.queries import applications_of
from hub.web.access import signed_in
from hub.web.account.notifications import NotificationLine, lines_of
from hub.web.i18n import country_name, listed, translate
from hub.web.sessions import actor, viewer
from hub.web.start.items import sent_lines, waiting_items
from hub.web.start.promising import promised_items
from hub.web.start.steps import Standing, next_step

start = Blueprint("start", __name__)

NEWS, RECORDS, LISTED = 5, 12, 6
"""How many notifications are shown; how many records are looked at, and how many of them listed."""


@start.get("/start")
@signed_in
def show() -> ResponseReturnValue:
    """Show what waits on who signed in, what is new for them, what they began, and one next step."""
    member, somebody = actor(), viewer()
    if not somebody.is_member:
        return applicant_page(member)
    piles = what_waits(somebody)
    numbers = {kind: pile.number for kind, pile in piles.items()}
    records, organisations = own_records(somebody, RECORDS), own_organisations(somebody)
    profile = profile_of(member.id)
    completeness = completeness_of(profile, member)
    countries = sorted(somebody.focal_countries)
    standing = Standing(
        viewer=somebody,
        completeness=completeness,
        organisations=tuple(organisations),
        may_register=can_register(somebody),
        has_records=bool(records),
        draft=draft_of(somebody, records),
        follows=numbers.get("follows", 0),
        has_factor=bool(somebody.is_privileged and not somebody.is_withheld) or has_factor(member.id),
    )
    return render_template(
        "start/show.html",
        member=member,
        who=who_is(somebody, organisations),
        items=waiting_items(somebody, piles, records, organisations, promised_items(somebody)),
        is_integrity_officer=can_handle_conflicts(somebody),
        step=next_step(standing),
        records=records[:LISTED],
        has_more=len(records) > LISTED,
        sent=sent_lines(piles, organisations),
        news=grouped(lines_of(newest_unread(member.id, NEWS * NEWS)))[:NEWS],
        completeness=completeness,
        follows=standing.follows,
        shortlists=numbers.get("shortlists", 0),
        shared_shortlists=numbers.get("shared_shortlists", 0),
        country=countries[0] if countries else None,
        figures=figures_of(countries[0], somebody) if countries else None,
    )


def draft_of(somebody: Viewer, records: Iterable[OwnRecord]) -> str:
    """Return the slug of the newest record whose draft somebody can finish, or nothing."""
    return next(
        (
            each.innovation.slug
            for each in records
            if each.revision.status is RevisionStatus.DRAFT and can_edit(somebody, each.revision)
        ),
        "",
    )


def grouped(lines: Iterable[NotificationLine]) -> list[tuple[NotificationLine, int]]:
    """Return what is said, the newest first, and how often; what reads alike is said once."""
    alike: dict[tuple[str, ...], list[NotificationLine]] = {}
    for line in lines:
        alike.setdefault((line.before, line.name, line.after, line.path), []).append(line)
    return [(each[0], len(each)) for each in alike.values()]


def applicant_page(member: Member) -> str:
    """Return the page of somebody who is not approved, or not any more: how they stand, and what happens next."""
    applications = applications_of(member.id)
    return render_template(
        "start/applicant.html", member=member, application=applications[0] if applications else None
    )


def who_is(somebody: Viewer, organisations: list[OwnOrganisation]) -> str:
    """Return in words what somebody is here, for the line below the title."""
    parts = [translate(ROLE_NAMES[role]) for role in sorted(somebody.roles) if role is not Role.FOCAL_POINT]
    if somebody.focal_countries:
        names = listed(country_name(code) for code in sorted(somebody.focal_countries))
        parts.append(translate("focal point for %(countries)s", countries=names))
    if somebody.law_enforcement_country:
        country = country_name(somebody.law_enforcement_country)
        parts.append(translate("law enforcement, verified for %(country)s", country=country))
    spoken = [each.organisation.name for each in organisations if each.is_representative]
    if spoken:
        parts.append(translate("speaks for %(organisations)s", organisations=listed(spoken)))
    return ", ".join(parts)
