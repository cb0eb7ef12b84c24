"""Showcases for the one hub of the access tables: for every audience, on whose team somebody is or is not."""

from datetime import timedelta

from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.calendars.feeds import make_feed
from hub.showcases.models import (
    EntryDecision,
    EntryMaterial,
    EntryStatus,
    FeatureProposal,
    MaterialKind,
    RegistrationStatus,
    ShowcaseStatus,
    SlotKind,
    Track,
)
from tests.catalogue.cast import did, record_of
from tests.catalogue.proofs import stored_file
from tests.showcases.review.judging import scored
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    confirmed_entry,
    drafted_entry,
    drafted_showcase,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)

SLIDES = "s" * 43
"""Name of the file that one entry leaves."""

DAY = timedelta(days=1)


def add_showcases(world, cast):
    """Add them: coordinator, recused coordinator and somebody else are a team, whom an agency proposes entries to.

    The owner acts for the owning agency, the member is to present what it shows; the recused coordinator belongs to
    it. With a foreign entry nobody has a conflict.
    """
    stage = _Stage(world, cast)
    stage.add_before_the_call()
    stage.add_open()
    stage.add_under_review()
    stage.add_decided()
    stage.add_published()
    stage.add_for_police()
    stage.add_past()
    secret = did(make_feed, cast["member"])
    world.add("calendar", secret=secret)


class _Stage:
    """Adds showcases and all that belongs to them."""

    def __init__(self, world, cast):
        self._world, self._cast = world, cast
        self._first, self._police = (self._record(name) for name in ("public record", "police record"))
        self._second, self._foreign = record_of(cast), recorded_innovation()
        self._team = {
            "curator": cast["coordinator"],
            "team": [cast["recused coordinator"], cast["holder"]],
        }

    def _record(self, name):
        slug = self._world.places[name]["<slug>"]
        return session().scalars(select(Innovation).where(Innovation.slug == slug)).one()

    def _add(self, name, showcase, **places):
        self._world.add(name, slug=showcase.slug, **places)
        return showcase

    def _entry(self, name, make, showcase, innovation, **columns):
        """Store an entry that the owner proposes for its agency and the member presents, and remember it."""
        by = self._cast["owner"] if innovation is not self._foreign else None
        presenters = {} if by is None else {"presenters": [self._cast["member"]]}
        entry = make(showcase, innovation, by, **presenters, **columns)
        self._add(name, showcase, entry_id=entry.public_id)
        return entry

    def _slot(self, name, showcase, entry, **columns):
        slot = make_slot(showcase, entry, **columns)
        self._add(name, showcase, slot_id=slot.public_id)
        return slot

    def add_before_the_call(self):
        """Add drafts, of which only their teams know."""
        self._add("showcase draft", drafted_showcase(**self._team))
        self._add("draft of another team", drafted_showcase(self._cast["holder"]))

    def add_open(self):
        """Add showcases whose calls are open: for everybody, and another team's for members."""
        showcase = self._add("open showcase", opened_showcase(**self._team))
        self._entry("open entry", proposed_entry, showcase, self._first)
        self._entry("entry draft", drafted_entry, showcase, self._second)
        others = opened_showcase(self._cast["holder"], readership=MEMBERS)
        self._add("showcase of another team", others)
        self._entry("entry for another team", proposed_entry, others, self._first)

    def add_under_review(self):
        """Add entries that are judged: the coordinator gave scores, and means to reject the agency's."""
        showcase = self._add(
            "showcase under review", opened_showcase(**self._team, status=ShowcaseStatus.REVIEW)
        )
        ours = {"status": EntryStatus.UNDER_REVIEW}
        pending = {
            "pending": EntryDecision.REJECT,
            "pending_words": "No.",
            "pending_by_id": self._cast["coordinator"].id,
            "pending_at": now(),
        }
        entry = self._entry("judged entry", proposed_entry, showcase, self._first, **ours, **pending)
        foreign = self._entry("judged foreign entry", proposed_entry, showcase, self._foreign, **ours)
        scored(entry, self._cast["coordinator"], 4)
        for curator in self._team["team"]:
            scored(foreign, curator, 3)

    def add_decided(self):
        """Add a showcase whose programme is being made."""
        decided = {"status": ShowcaseStatus.REVIEW, "decisions_sent_at": now()}
        showcase = self._add("decided showcase", opened_showcase(**self._team, **decided))
        accepted = {"status": EntryStatus.ACCEPTED}
        entry = self._entry("accepted entry", proposed_entry, showcase, self._first, **accepted)
        self._entry(
            "waiting entry",
            proposed_entry,
            showcase,
            self._second,
            status=EntryStatus.WAITLISTED,
            waitlist_position=1,
        )
        self._entry("accepted foreign entry", confirmed_entry, showcase, self._foreign)
        (presenter,) = entry.presenters
        self._add("presenter", showcase, entry_id=entry.public_id, presenter_id=presenter.public_id)
        self._slot("free slot", showcase, None, kind=SlotKind.ENTRY, title="")
        room = make_room(showcase)
        track = Track(showcase_id=showcase.id, name="Courts", position=1)
        session().add(track)
        session().commit()
        self._add("room", showcase, room_id=room.public_id)
        self._add("track", showcase, track_id=track.public_id)

    def add_published(self):
        """Add a programme that everybody reads, with an entry in it that its side has not confirmed."""
        showcase = self._add("published showcase", published_showcase(**self._team))
        entry = self._entry("shown entry", confirmed_entry, showcase, self._first)
        hidden = {"status": EntryStatus.ACCEPTED, "after": timedelta(hours=1)}
        unsure = self._entry("unsure entry", proposed_entry, showcase, self._second, status=hidden["status"])
        foreign = self._entry("shown foreign entry", confirmed_entry, showcase, self._foreign)
        slot = self._slot("slot", showcase, entry, capacity=3)
        self._slot("unsure slot", showcase, unsure, after=hidden["after"], capacity=3)
        self._slot("foreign slot", showcase, foreign, after=timedelta(hours=2))
        self._add("stray slot", self._elsewhere(), slot_id=slot.public_id)
        slides = EntryMaterial(
            entry=entry,
            kind=MaterialKind.SLIDES,
            title="Slides",
            added_by_id=self._cast["owner"].id,
            stored_file_id=stored_file(SLIDES).id,
        )
        session().add(slides)
        session().commit()
        self._add("slides", showcase, entry_id=entry.public_id, material_id=slides.public_id)
        self._add_registrations(showcase)
        self._add_features(showcase, entry, foreign)

    def _elsewhere(self):
        """Return a showcase of the same team, for what is looked for at the wrong address."""
        return opened_showcase(**self._team)

    def _add_registrations(self, showcase):
        place = registered(showcase, self._cast["member"])
        asked = registered(showcase, status=RegistrationStatus.ASKED)
        own = registered(showcase, self._cast["coordinator"], status=RegistrationStatus.ASKED)
        for name, registration in (("registration", place), ("asked", asked), ("own registration", own)):
            self._add(name, showcase, registration_id=registration.public_id, code=registration.check_in_code)
        self._add(
            "stray registration",
            self._elsewhere(),
            registration_id=place.public_id,
            code=place.check_in_code,
        )

    def _add_features(self, showcase, entry, foreign):
        for name, about, by in (
            ("feature", entry, self._cast["holder"]),
            ("own feature", foreign, self._cast["coordinator"]),
        ):
            proposal = FeatureProposal(
                entry_id=about.id,
                status=ProposalStatus.PROPOSED,
                reason="It is good.",
                proposed_by_id=by.id,
                proposed_at=now(),
            )
            session().add(proposal)
            session().commit()
            self._add(name, showcase, proposal_id=proposal.public_id)

    def add_for_police(self):
        """Add a programme for Georgian police, on whose team the coordinator is alone."""
        showcase = published_showcase(self._cast["coordinator"], readership=GEORGIAN_POLICE)
        self._add("showcase for police", showcase)
        entry = self._entry("entry for police", confirmed_entry, showcase, self._police)
        self._slot("slot for police", showcase, entry, capacity=3)

    def add_past(self):
        """Add a showcase that is over, whose report is not written."""
        over = {"status": ShowcaseStatus.CLOSED, "starts_in": -DAY}
        over |= {"registration_opens_at": None, "registration_closes_at": None}
        showcase = self._add("past showcase", opened_showcase(**self._team, **over))
        entry = self._entry("past entry", confirmed_entry, showcase, self._first)
        self._slot("past slot", showcase, entry)
