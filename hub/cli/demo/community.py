"""What the demonstration's people and organisations say of themselves, write to one another, follow and wait for."""

import json
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from hub.alerts.models import FollowedKind
from hub.alerts.searches import SavedQuery, save_search
from hub.alerts.service import follow_thing
from hub.cli.demo.records import FOLDER, Row
from hub.cli.demo.scene import LANGUAGE, Scene
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.introductions.service import accept_introduction, ask_introduction
from hub.members.messages.service import send_message
from hub.members.models import ContactMessage, FieldAudience, Member, ProfileScheme
from hub.members.profiles.service import ProfileDetails, save_profile
from hub.notifications.models import Frequency, Topic
from hub.notifications.service import choose_frequency, notify, settle
from hub.organisations.details import OrganisationDetails, details_of
from hub.organisations.models import Organisation
from hub.organisations.queries import memberships_of
from hub.organisations.service import add_organisation
from hub.vetting.abuse.service import report_abuse
from hub.vetting.organisations.memberships import show_membership
from hub.vetting.organisations.merging import propose_merge
from hub.vetting.organisations.registration import change_organisation, register_organisation
from hub.vetting.organisations.verification import ask_verification


def tell_community(scene: Scene) -> None:
    """Fill profiles and pages of organisations, and leave something on every desk.

    Args:
        scene: everybody and everything that stands already.
    """
    rows = _rows()
    people, bodies = scene.members, dict(scene.organisations)
    for row in rows["languages"]:
        people[row["account"]].language = row["language"]
    for row in rows["profiles"]:
        member = people[row["account"]]
        save_profile(member, _profile(row, member), version=0)
    for row in rows["organisations"]:
        _describe(row, people[row["by"]], bodies[row["name"]])
    for row in rows["registered"]:
        organisation = register_organisation(people[row["by"]], _details(row))
        bodies[row["name"]] = organisation
        ask_verification(people[row["by"]], organisation, row["words"])
    merge = rows["merge"]
    double = add_organisation(
        merge["from"]["name"], country=merge["from"]["country"], type=merge["from"]["type"]
    )
    propose_merge(people[merge["proposer"]], double, bodies[merge["into"]], reason=merge["reason"])
    for row in rows["messages"]:
        sender = viewer_of(people[row["from"]])
        send_message(sender, people[row["to"]], subject=row["subject"], words=row["words"])
    for row in rows["introductions"]:
        _introduce(row, people)
    for account in rows["suggestions_weekly"]:
        choose_frequency(people[account], Topic.MATCHES, Frequency.WEEKLY)
    for row in rows["abuse"]:
        report_abuse(
            people[row["by"]],
            people[row["about"]],
            kind=row["kind"],
            words=row["words"],
            message=_message(row["message"]),
        )


def tell_follows(scene: Scene) -> None:
    """Let people follow things and save searches; in a transaction after all else: nobody is told what was before."""
    for row in _rows()["follows"]:
        key = row.get("key") or scene.organisations[row["name"]].slug
        follow_thing(scene.members[row["by"]], FollowedKind(row["kind"]), key)
    for row in _rows()["searches"]:
        query = SavedQuery(row["q"], row["filters"])
        save_search(scene.members[row["by"]], query, name=row["name"], frequency=Frequency(row["frequency"]))


def _rows() -> Row:
    rows: Row = json.loads((FOLDER / "community.json").read_text(encoding="utf-8"))
    return rows


def _profile(row: Row, member: Member) -> ProfileDetails:
    schemes = (each for each in ProfileScheme if each.value in row)
    return ProfileDetails(
        display_name=member.display_name,
        member_type=member.member_type,
        country=member.country,
        audience=FieldAudience(row["audience"]),
        language=LANGUAGE,
        headline=row.get("headline", ""),
        biography=row.get("biography", ""),
        biography_audience=FieldAudience(row.get("biography_audience", "members")),
        contact_email=row.get("contact_email", ""),
        contact_phone=row.get("contact_phone", ""),
        contact_audience=FieldAudience(row.get("contact_audience", "nobody")),
        offers=row.get("offers", ""),
        needs=row.get("needs", ""),
        terms={scheme: tuple(row[scheme.value]) for scheme in schemes},
        added={ProfileScheme.SKILLS: tuple(row.get("added_skills", ()))},
        links=tuple((address, title) for address, title in row.get("links", ())),
    )


def _describe(row: Row, by: Member, organisation: Organisation) -> None:
    """Say what changes no verification, and name the representative on the page."""
    organisation.short_name = row.get("short_name", organisation.short_name)  # as it was when it was verified
    said = {name: row[name] for name in ("description", "funding") if name in row}
    details = replace(details_of(organisation), **said)
    change_organisation(by, organisation, details, version=organisation.version)
    for membership in memberships_of(by.id):
        if membership.organisation_id == organisation.id:
            show_membership(by, membership, is_shown=row["is_shown"])


def _details(row: Row) -> OrganisationDetails:
    return OrganisationDetails(
        name=row["name"],
        type=row["type"],
        country=row["country"],
        website=row.get("website", ""),
        description=row.get("description", ""),
        funding=row.get("funding", ""),
    )


def _introduce(row: Row, people: Mapping[str, Member]) -> None:
    """Have one member ask for an introduction to another, who may have accepted."""
    asker, asked = people[row["from"]], people[row["to"]]
    introduction = ask_introduction(
        viewer_of(asker), asked, note=row["note"], contact=row["contact"], language=LANGUAGE
    )
    notify([asked.id], "introduction_asked", introduction.subject)
    if "accepted" in row:
        accept_introduction(viewer_of(asked), introduction, contact=row["accepted"])
        settle("introduction_asked", introduction.subject)
        notify([asker.id], "introduction_accepted", introduction.subject)


def _message(subject: str) -> ContactMessage:
    return session().scalars(select(ContactMessage).where(ContactMessage.subject == subject)).one()
