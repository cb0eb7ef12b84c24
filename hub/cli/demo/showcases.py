"""The demonstration's showcases, told through the services: Paris 2016, one that is over, and four to come."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionText
from hub.cli.demo.records import FOLDER, Row
from hub.cli.demo.scene import LANGUAGE, Scene
from hub.core.clock import now
from hub.core.database import Base, session
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.aftermath.presence import mark_missed, mark_presented
from hub.showcases.aftermath.report import digest_of, publish_report
from hub.showcases.entries.answering import confirm_entry
from hub.showcases.entries.details import EntryDetails
from hub.showcases.entries.service import draft_entry, propose_entry
from hub.showcases.keeping.running import close, go_live
from hub.showcases.making.calling import close_call, open_call, record_showcase
from hub.showcases.making.details import (
    Call,
    Days,
    Measure,
    Place,
    Registering,
    ShowcaseDetails,
    Source,
    Sponsor,
    Sponsors,
)
from hub.showcases.making.service import begin_showcase
from hub.showcases.making.team import join_team
from hub.showcases.models import (
    Attendance,
    Entry,
    EntryDecision,
    EntryFormat,
    EntryPresenter,
    EntryReview,
    EntryStatus,
    Registration,
    Showcase,
    ShowcaseCurator,
    Slot,
    SlotKind,
)
from hub.showcases.permissions import can_judge
from hub.showcases.programme.details import RoomDetails, SlotDetails
from hub.showcases.programme.placing import place_entry
from hub.showcases.programme.publishing import publish_programme
from hub.showcases.programme.rooms import add_room
from hub.showcases.programme.slots import add_slot
from hub.showcases.programme.tracks import add_track
from hub.showcases.registrations.checking_in import check_in
from hub.showcases.registrations.details import RegistrationDetails
from hub.showcases.registrations.registering import register
from hub.showcases.review.deciding import Decision, decide_entry, seen_of
from hub.showcases.review.featuring import approve_feature, propose_feature
from hub.showcases.review.scoring import Scores, save_scores
from hub.showcases.review.sending import send_decisions

PUBLIC = Readership(Audience.PUBLIC, Tlp.CLEAR)

READ_ON = date(2026, 11, 22)
"""When the sources about Paris were read."""

WORDS = {
    EntryDecision.ACCEPT: "Fictional: we would like to see it. Please confirm that you will come.",
    EntryDecision.WAITLIST: "Fictional: a good entry, and the programme is full. You move up if somebody steps back.",
    EntryDecision.REJECT: "Fictional: it fits the questions of this showcase less well than others.",
}

Told = Sequence[tuple[Row, Entry]]
"""Entries with what the data file tells of each."""

AHEAD = timedelta(days=30)
"""How far ahead a showcase is told that is then moved into the past as a whole."""


def tell_showcases(scene: Scene) -> None:
    """Make the showcases and tell what happened to each.

    Args:
        scene: everybody and everything that stands already.
    """
    rows: list[Row] = json.loads((FOLDER / "showcases.json").read_text(encoding="utf-8"))
    for row in rows:
        if row.get("compiled"):
            _record(row, scene)
        else:
            _tell(row, scene)


def _record(row: Row, scene: Scene) -> None:
    """Write down a past showcase from public sources, with what nobody knows of it."""
    curator = scene.members["coordinator"]
    zone = ZoneInfo(row["time_zone"])
    first, last = (date.fromisoformat(day) for day in row["days"])
    days = Days(_midnight(first, zone), _midnight(last + timedelta(days=1), zone), is_all_day=True)
    details = ShowcaseDetails(
        **_texts(row),
        days=days,
        readership=PUBLIC,
        unknowns=row["unknowns"],
        sources=tuple(Source(each["url"], each["title"], READ_ON) for each in row["sources"]),
    )
    showcase = begin_showcase(curator, details, is_compiled=True)
    record_showcase(curator, showcase, version=showcase.version)


def _tell(row: Row, scene: Scene) -> None:
    team = [scene.members[account] for account in row["team"]]
    curator = team[0]
    showcase = begin_showcase(curator, _details(row))
    open_call(curator, showcase, version=showcase.version)
    for each in team[1:]:
        _add_to_team(each, showcase)
    entries = [(each, _propose(each, showcase, scene)) for each in row["entries"]]
    if row["stage"] == "call_open":
        return
    close_call(curator, showcase)
    for said, entry in entries:
        _judge(said, entry, team)
    if row["stage"] == "review":
        return
    send_decisions(curator, showcase)
    _answer(entries, scene)
    _programme(row, showcase, entries, curator)
    publish_programme(curator, showcase)
    _feature(entries, team)
    for account in row["registrations"]:
        details = RegistrationDetails(attendance=Attendance.ON_SITE, is_listed=account != "business")
        register(scene.members[account], showcase, details)
    if row["stage"] == "reported":
        _conclude(row, showcase, entries, curator)


def _answer(entries: Told, scene: Scene) -> None:
    for said, entry in entries:
        session().refresh(entry)
        if entry.status is EntryStatus.ACCEPTED:
            confirm_entry(scene.members[said["by"]], entry)


def _feature(entries: Told, team: list[Member]) -> None:
    for said, entry in entries:
        if "featured" in said:
            proposal = propose_feature(team[0], entry, reason=said["featured"])
            approve_feature(team[1], proposal)


def _add_to_team(member: Member, showcase: Showcase) -> None:
    if showcase.labels & viewer_of(member).labels:
        join_team(member, showcase)
    else:
        session().add(ShowcaseCurator(showcase_id=showcase.id, member_id=member.id))
        session().flush()
        session().expire(showcase, ["curators"])


def _propose(row: Row, showcase: Showcase, scene: Scene) -> Entry:
    actor = scene.members[row["by"]]
    details = EntryDetails(
        format=EntryFormat(row["format"]), minutes=row["minutes"], language=LANGUAGE, pitch=row["pitch"]
    )
    entry = draft_entry(actor, showcase, _innovation(row["innovation"]), details, presents_it=True)
    propose_entry(actor, entry, version=entry.version, arrived_at=now())
    return entry


def _judge(row: Row, entry: Entry, team: list[Member]) -> None:
    """Let who may judge an entry score it, and the first of them note what its answer will be."""
    judges = [each for each in team if can_judge(viewer_of(each), entry)]
    if "points" not in row:
        return
    criteria = [each.id for each in entry.showcase.criteria]
    for place, judge in enumerate(judges):
        points = {
            number: max(1, mark - place % 2) for number, mark in zip(criteria, row["points"], strict=True)
        }
        save_scores(
            judge,
            entry,
            Scores(points, "Fictional: clear, and honest about its limits."),
            version=0,
            is_final=True,
        )
    if "decision" in row:
        decision = EntryDecision(row["decision"])
        position = 1 if decision is EntryDecision.WAITLIST else None
        decide_entry(judges[0], entry, Decision(decision, WORDS[decision], position), seen=seen_of(entry))


def _programme(row: Row, showcase: Showcase, entries: Told, curator: Member) -> None:
    """Plan a welcome, the confirmed entries one after the other, and a break, all in the first room."""
    rooms = [add_room(curator, showcase, RoomDetails(name=name, seats=60)) for name in row["rooms"]]
    tracks = {name: add_track(curator, showcase, name).public_id for name in row.get("tracks", ())}
    room_id = rooms[0].public_id
    moment = _beginning(row)

    def plan(
        kind: SlotKind, minutes: int, title: str = "", track_id: str = "", capacity: int | None = None
    ) -> Slot:
        nonlocal moment
        details = SlotDetails(
            kind=kind,
            starts_at=moment,
            minutes=minutes,
            title=title,
            room_id=room_id,
            track_id=track_id,
            capacity=capacity,
        )
        moment = details.ends_at
        return add_slot(curator, showcase, details)

    plan(SlotKind.PLENARY, 30, "Fictional: welcome, and what is hoped for")
    for said, entry in entries:
        if entry.status is EntryStatus.CONFIRMED:
            track_id = tracks.get(said.get("track", ""), "")
            slot = plan(SlotKind.ENTRY, said["minutes"], track_id=track_id, capacity=said.get("seats"))
            place_entry(curator, slot, entry, out_of=None, version=slot.version)
    plan(SlotKind.BREAK, 45, "Fictional: coffee, and talking at the tables")


def _conclude(row: Row, showcase: Showcase, entries: Told, curator: Member) -> None:
    """Move a showcase as a whole into the past, let it happen, and publish its report."""
    day = _beginning(row) - now() + timedelta(hours=1)
    _move(showcase, day)
    go_live(showcase.id)
    for registration in session().scalars(
        select(Registration).where(Registration.showcase_id == showcase.id)
    ):
        check_in(curator, registration)
    _move(showcase, AHEAD - timedelta(days=row["starts_in"]) - day)
    close(showcase.id)
    for said, entry in entries:
        session().refresh(entry)
        if said["presented"]:
            mark_presented(curator, entry)
        else:
            mark_missed(curator, entry, words="Fictional: the presenter was ill.")
    session().refresh(showcase)
    publish_report(curator, showcase, row["report"], over=digest_of(showcase.report))


def _move(showcase: Showcase, back: timedelta) -> None:
    """Let all moments of a showcase and its parts be earlier; the audit log keeps when they were told."""
    number = showcase.id
    entries = select(Entry.id).where(Entry.showcase_id == number)
    of_showcase: dict[type[Base], ColumnElement[bool]] = {
        Showcase: Showcase.id == number,
        ShowcaseCurator: ShowcaseCurator.showcase_id == number,
        Entry: Entry.showcase_id == number,
        EntryPresenter: EntryPresenter.entry_id.in_(entries),
        EntryReview: EntryReview.entry_id.in_(entries),
        Slot: Slot.showcase_id == number,
        Registration: Registration.showcase_id == number,
    }
    for kind, condition in of_showcase.items():
        for row in session().scalars(select(kind).where(condition)):
            for column in kind.__table__.columns:
                moment = getattr(row, column.key)
                if isinstance(moment, datetime):
                    setattr(row, column.key, moment - back)
    session().flush()


def _details(row: Row) -> ShowcaseDetails:
    zone = ZoneInfo(row["time_zone"])
    opens_at = now().replace(second=0, microsecond=0)
    starts_at = _beginning(row)
    closes_at = _midnight((opens_at + (starts_at - opens_at) / 3).date(), zone)
    return ShowcaseDetails(
        **_texts(row),
        days=Days(starts_at, starts_at + timedelta(hours=row["lasts_hours"])),
        accessibility=row["accessibility"],
        sponsors=Sponsors(
            tuple(Sponsor(each["name"], each["gives"]) for each in row["sponsors"]),
            are_none=not row["sponsors"],
        ),
        readership=Readership(Audience(row.get("audience", "public")), Tlp(row.get("tlp", "CLEAR"))),
        call=Call(row["call_words"], opens_at, closes_at),
        criteria=tuple(
            Measure(each["name"], each["explanation"], each["weight"]) for each in row["criteria"]
        ),
        registering=Registering(opens_at, starts_at, row["capacity"]),
    )


def _beginning(row: Row) -> datetime:
    """Return nine o'clock there on its first day; of one that is over, on a day to come, from which it is moved."""
    ahead = timedelta(days=row["starts_in"]) if row["starts_in"] > 0 else AHEAD
    return datetime.combine((now() + ahead).date(), time(9), ZoneInfo(row["time_zone"])).astimezone(UTC)


def _texts(row: Row) -> Row:
    return {
        "language": LANGUAGE,
        "name": row["name"],
        "host_event": row["host_event"],
        "summary": row["summary"],
        "description": row["description"],
        "languages": tuple(row["languages"]),
        "place": Place(
            Attendance(row.get("attendance", "on_site")),
            row["time_zone"],
            row["country"],
            row["city"],
            row["venue"],
            row.get("online_url", ""),
        ),
    }


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _innovation(name: str) -> Innovation:
    return (
        session()
        .scalars(
            select(Innovation)
            .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
            .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
            .where(RevisionText.name == name)
            .distinct()
        )
        .one()
    )
