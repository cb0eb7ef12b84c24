"""Hidden showcases, entries that a curator must not hear of, and decisions that wait leave no trace on any page."""

from datetime import timedelta

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.privacy.collecting import own_data
from hub.showcases.models import (
    ChangeKind,
    EntryDecision,
    EntryRemark,
    EntryStatus,
    FeatureProposal,
    ProgrammeChange,
    RegistrationStatus,
    Seat,
    SeatStatus,
    ShowcaseStatus,
)
from tests.catalogue.records import GEORGIAN_POLICE as POLICE_READERS, make_scene, published
from tests.factories import make_member
from tests.showcases.review.judging import decided, scored
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    confirmed_entry,
    drafted_entry,
    drafted_showcase,
    make_curator,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)
from tests.web.catalogue.canary import CANARY
from tests.web.leaks.comparing import different, read

REVIEW = {"status": ShowcaseStatus.REVIEW}
UNDER_REVIEW = {"status": EntryStatus.UNDER_REVIEW}
TOLD = {"pitch": CANARY, "needs": CANARY}
ABSENT = "2" * 22

OUTSIDERS = {
    "visitor": None,
    "member": {},
    "police of another country": {"law_enforcement": "ID"},
    "focal point of the same country": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
    "integrity officer": {"roles": [Role.INTEGRITY_OFFICER]},
}

EVERYWHERE = (
    *("/", "/start", "/account", "/account/notifications", "/account/privacy/erase", "/account/calendar"),
    *("/showcases", "/showcases?when=past", "/showcases?country=FR", "/showcases?page=2", "/showcases.ics"),
    *("/showcases/mine", "/coordinate", "/coordinate/showcases", "/coordinate/showcases/new"),
    *("/integrity", "/countries/GE", "/countries/FR", "/feeds/innovations.atom"),
)

OF_A_SHOWCASE = (
    "",
    ".ics",
    "/programme",
    "/programme.ics",
    "/report",
    "/report.csv",
    "/register",
    "/attendees",
)

OF_A_TEAM = (
    *("", "/preview", "/entries", "/progress", "/ranking", "/ranking?sort=spread", "/decide-several"),
    *("/send", "/close-call", "/reopen-call", "/programme", "/programme/preview", "/programme/publish"),
    *("/programme/slots/new", "/registrations", "/presence", "/report", "/cancel", "/narrow", "/leave"),
    *("/parts/criteria", "/parts/call"),
)


def pages_of(showcase, *more):
    """Return every address that could tell of what belongs to a showcase."""
    return [
        *EVERYWHERE,
        *(f"/showcases/{showcase.slug}{each}" for each in OF_A_SHOWCASE),
        *(f"/coordinate/showcases/{showcase.slug}{each}" for each in OF_A_TEAM),
        *more,
    ]


def of_entry(showcase, number):
    """Return the addresses of one entry."""
    team = f"/coordinate/showcases/{showcase.slug}"
    return [
        *(f"{team}/entries/{number}{each}" for each in ("", "/decide", "/recuse", "/feature")),
        *(f"{team}/programme/entries/{number}", f"{team}/presence/{number}/miss"),
        f"/showcases/{showcase.slug}/entries/{number}",
    ]


def deliberate(entry, *curators):
    """Have curators score an entry, talk about it, decide, and propose to feature it."""
    for curator in curators:
        scored(entry, curator, 5, comment=CANARY)
    first = curators[0]
    session().add_all(
        (
            EntryRemark(entry_id=entry.id, author_id=first.id, words=CANARY),
            FeatureProposal(
                entry_id=entry.id,
                status=ProposalStatus.PROPOSED,
                reason=CANARY,
                proposed_by_id=first.id,
                proposed_at=now(),
            ),
        )
    )
    session().commit()
    if entry.status is EntryStatus.UNDER_REVIEW:
        decided(entry, first, EntryDecision.WAITLIST, words=CANARY, position=1)


def team_of(scene):
    """Return a curator without a conflict, and one who belongs to the owner."""
    return make_curator(), make_curator(belongs_to=[scene.owner])


def test_a_curator_with_a_conflict_finds_no_trace_of_the_review(browsers):
    scene = make_scene()
    free, conflicted = team_of(scene)
    record = recorded_innovation(scene)
    showcase = opened_showcase(free, team=[conflicted], **REVIEW)
    for _ in range(2):
        foreign = proposed_entry(showcase, **UNDER_REVIEW)
        for curator in (free, conflicted):
            scored(foreign, curator, 3)
    decided(foreign, free, EntryDecision.WAITLIST, position=2)
    opened = browsers({"conflicted": conflicted, "coordinator": make_curator(), "member": make_member()})
    pages = pages_of(showcase, f"/innovations/{record.slug}", f"/organisations/{scene.owner.slug}")

    def visit(number):
        return {
            name: read(each, [*pages, *of_entry(showcase, number)], [number]) | export(each, showcase)
            for name, each in opened.items()
        }

    before = visit(ABSENT)
    entry = proposed_entry(showcase, record, scene.partner, **UNDER_REVIEW, **TOLD)
    deliberate(entry, free)
    assert different(before, visit(entry.public_id)) == {}


def export(browser, showcase):
    """Return the ranking as a file."""
    answer = browser.post(
        f"/coordinate/showcases/{showcase.slug}/ranking/export", data={"csrf_token": browser.token()}
    )
    return {"ranking.csv": (answer.status_code, answer.text)}


def test_a_curator_with_a_conflict_finds_no_trace_of_what_was_accepted_and_waits(browsers):
    scene = make_scene()
    free, conflicted = team_of(scene)
    showcase = opened_showcase(free, team=[conflicted], **REVIEW, decisions_sent_at=now())
    confirmed_entry(showcase)
    proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=2)
    first, second = recorded_innovation(scene), recorded_innovation(scene)
    opened = browsers({"conflicted": conflicted})
    pages = pages_of(showcase, f"/innovations/{first.slug}")
    before = {
        name: read(each, [*pages, *of_entry(showcase, ABSENT)], [ABSENT]) for name, each in opened.items()
    }
    accepted = proposed_entry(showcase, first, scene.partner, status=EntryStatus.ACCEPTED, **TOLD)
    proposed_entry(
        showcase, second, scene.partner, status=EntryStatus.WAITLISTED, waitlist_position=1, **TOLD
    )
    deliberate(accepted, free)
    number = accepted.public_id
    after = {
        name: read(each, [*pages, *of_entry(showcase, number)], [number]) for name, each in opened.items()
    }
    assert different(before, after) == {}


def test_of_an_entry_in_the_programme_a_curator_with_a_conflict_reads_that_the_slot_is_taken(browsers):
    scene = make_scene()
    free, conflicted = team_of(scene)
    showcase = opened_showcase(free, team=[conflicted], **REVIEW, decisions_sent_at=now())
    room = make_room(showcase)
    make_slot(showcase, confirmed_entry(showcase), room=room)
    entry = confirmed_entry(showcase, recorded_innovation(scene), scene.partner, presenters=[CANARY], **TOLD)
    slot = make_slot(showcase, entry, room=room, after=timedelta(hours=1))
    opened = browsers({"conflicted": conflicted})["conflicted"]
    number = slot.public_id
    own = [f"/coordinate/showcases/{showcase.slug}/programme/slots/{number}{each}" for each in ("", "/place")]
    seen = read(opened, [*pages_of(showcase), *of_entry(showcase, entry.public_id), *own])
    assert [page for page, (_status, told) in seen.items() if CANARY in told or entry.public_id in told] == []
    assert [seen[page][0] for page in own] == [404, 404]
    assert "Taken" in seen[f"/coordinate/showcases/{showcase.slug}/programme"][1]


def test_nobody_learns_of_scores_and_decisions_before_they_are_sent(browsers):
    scene = make_scene()
    curators = make_curator(), make_curator()
    showcase = opened_showcase(curators[0], team=[curators[1]], **REVIEW)
    presenter = make_member()
    entry = proposed_entry(
        showcase, recorded_innovation(scene), scene.partner, presenters=[presenter], **UNDER_REVIEW
    )
    people = {
        "who proposed it": scene.partner,
        "presenter": presenter,
        "another proposer": proposed_entry(showcase, **UNDER_REVIEW).proposed_by,
        "coordinator": make_curator(),
        "member": make_member(),
        "visitor": None,
    }
    opened = browsers(people)
    pages = pages_of(showcase, f"/innovations/{entry.innovation.slug}")

    def visit():
        own = {name: (200, str(own_data(member))) for name, member in people.items() if member}
        return {
            name: read(each, [*pages, *of_entry(showcase, entry.public_id)]) | {"own data": own.get(name)}
            for name, each in opened.items()
        }

    before = visit()
    deliberate(entry, *curators)
    assert different(before, visit()) == {}


def test_pages_are_the_same_as_if_the_showcase_never_was(browsers, index):
    scene = make_scene()
    record = recorded_innovation(scene)
    police = published(scene, readership=POLICE_READERS).innovation
    opened_showcase()
    people = {
        name: columns if columns is None else make_member(**columns) for name, columns in OUTSIDERS.items()
    }
    opened = browsers(people)
    index()
    pages = [
        *EVERYWHERE,
        *(f"/innovations/{record.slug}", f"/organisations/{scene.owner.slug}"),
        *(f"/showcases/propose?innovation={record.slug}", f"/search/suggest?q={CANARY[:4]}"),
    ]

    before = read_by(opened, pages)
    absent = read_by(opened, addresses_of(ABSENT), ABSENT)
    hidden = [*hide(scene, record, police)]
    index()
    assert different(before, read_by(opened, pages)) == {}
    for showcase in hidden:
        number = showcase.public_id
        assert different(absent, read_by(opened, addresses_of(number), number)) == {}


def read_by(browsers, addresses, *known):
    """Return what each of some people reads at some addresses."""
    return {name: read(each, addresses, known) for name, each in browsers.items()}


def addresses_of(number):
    """Return the addresses of a showcase that its audience and its team would read."""
    return [
        *(f"/showcases/{number}{each}" for each in (*OF_A_SHOWCASE, "/registration", "/propose")),
        *(
            f"/coordinate/showcases/{number}{each}"
            for each in ("", "/entries", "/programme", "/registrations")
        ),
        f"/coordinate/showcases/new?copy={number}",
    ]


def hide(scene, record, police):
    """Store showcases for Georgian police in all states and one that nobody was shown, and yield them."""
    curator, somebody = make_curator(), make_member(law_enforcement="GE")
    said = {"name": CANARY, "summary": CANARY, "host_event": CANARY}
    for status in ("call_open", "programme_published", "reported", "cancelled"):
        showcase = opened_showcase(curator, readership=GEORGIAN_POLICE, status=ShowcaseStatus(status), **said)
        entry = confirmed_entry(showcase, police, scene.partner, presenters=[CANARY, somebody])
        make_slot(showcase, entry)
        registered(showcase, somebody, access_needs=CANARY)
        yield showcase
    draft = drafted_showcase(curator, **said)
    drafted_entry(draft, record, make_member(represents=[scene.owner]))
    yield draft


def test_a_programme_says_nothing_of_entries_that_are_not_for_its_reader(browsers, index):
    scene = make_scene()
    narrowed = published(scene, readership=POLICE_READERS).innovation
    later, unsure = recorded_innovation(scene), recorded_innovation(scene)
    showcase = published_showcase()
    room = make_room(showcase)
    make_slot(showcase, confirmed_entry(showcase), room=room, capacity=5)
    comes = make_member()
    registered(showcase, comes)
    people = {
        name: columns if columns is None else make_member(**columns) for name, columns in OUTSIDERS.items()
    }
    opened = browsers({**people, "somebody with a place": comes})
    index()
    pages = [
        *EVERYWHERE,
        *(f"/showcases/{showcase.slug}{each}" for each in OF_A_SHOWCASE),
        *(f"/showcases/{showcase.slug}/programme?by={way}" for way in ("room", "track")),
        f"/showcases/{showcase.slug}/registration",
    ]

    def addresses_of_slot(number):
        slot = f"/showcases/{showcase.slug}/slots/{number}"
        return [slot, f"{slot}.ics", f"{slot}/talk"]

    before = read_by(opened, pages)
    absent = read_by(opened, addresses_of_slot(ABSENT), ABSENT)
    hidden = [
        confirmed_entry(showcase, narrowed, scene.partner),
        confirmed_entry(showcase, later, embargo_until=now() + timedelta(days=90)),
        proposed_entry(showcase, unsure, status=EntryStatus.ACCEPTED),
    ]
    slots = [
        make_slot(
            showcase,
            entry,
            room=make_room(showcase, CANARY + str(place)),
            after=timedelta(hours=place),
            capacity=2,
        )
        for place, entry in enumerate(hidden)
    ]
    occupy(showcase, slots[0], hidden[1])
    index()
    assert different(before, read_by(opened, pages)) == {}
    for slot in slots:
        number = slot.public_id
        assert different(absent, read_by(opened, addresses_of_slot(number), number)) == {}


def occupy(showcase, slot, entry):
    """Have somebody take a seat in a hidden slot, and the log of changes tell of it and of an entry under embargo."""
    guest = registered(showcase, make_member(), status=RegistrationStatus.CANCELLED)
    session().add(Seat(registration=guest, slot=slot, status=SeatStatus.TAKEN, number=1))
    slot.seats_taken = slot.last_number = 1
    for about in (slot.entry, entry):
        change = ProgrammeChange(
            showcase_id=showcase.id, slot_id=slot.id, entry_id=about.id, kind=ChangeKind.MOVED,
            room_before=CANARY, room_after=CANARY, started_before=slot.starts_at,
            ended_before=slot.ends_at, starts_after=slot.starts_at, ends_after=slot.ends_at,
        )  # fmt: skip
        session().add(change)
    session().commit()


def test_a_code_for_another_showcase_reads_like_one_that_never_was(browsers):
    curator = make_curator()
    showcase, other = published_showcase(curator), published_showcase(curator)
    code, never = registered(other).check_in_code, "2" * 43
    opened = browsers({"curator": curator, "coordinator": make_curator()})
    place = f"/coordinate/showcases/{showcase.slug}/check-in/"
    before = read_by(opened, [f"{place}{never}"], never)
    assert different(before, read_by(opened, [f"{place}{code}"], code)) == {}
