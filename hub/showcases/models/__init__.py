"""Tables of showcases: events, entries, reviews, programmes, registrations, calendars, tallies."""

from hub.showcases.models.calendar import CalendarFeed
from hub.showcases.models.entry import (
    Entry,
    EntryDecision,
    EntryFormat,
    EntryMaterial,
    EntryPresenter,
    EntryStatus,
    MaterialKind,
    PresenterStatus,
)
from hub.showcases.models.programme import ChangeKind, ProgrammeChange, Room, Slot, SlotKind, Track
from hub.showcases.models.registration import Registration, RegistrationStatus, Seat, SeatStatus
from hub.showcases.models.review import EntryRemark, EntryReview, EntryScore, FeatureProposal
from hub.showcases.models.showcase import (
    Attendance,
    Criterion,
    Showcase,
    ShowcaseCurator,
    ShowcaseLabel,
    ShowcaseLanguage,
    ShowcaseSource,
    ShowcaseSponsor,
    ShowcaseStatus,
)
from hub.showcases.models.tally import ShowcaseStep, ShowcaseStepTaken, ShowcaseTally

__all__ = [
    "Attendance",
    "CalendarFeed",
    "ChangeKind",
    "Criterion",
    "Entry",
    "EntryDecision",
    "EntryFormat",
    "EntryMaterial",
    "EntryPresenter",
    "EntryRemark",
    "EntryReview",
    "EntryScore",
    "EntryStatus",
    "FeatureProposal",
    "MaterialKind",
    "PresenterStatus",
    "ProgrammeChange",
    "Registration",
    "RegistrationStatus",
    "Room",
    "Seat",
    "SeatStatus",
    "Showcase",
    "ShowcaseCurator",
    "ShowcaseLabel",
    "ShowcaseLanguage",
    "ShowcaseSource",
    "ShowcaseSponsor",
    "ShowcaseStatus",
    "ShowcaseStep",
    "ShowcaseStepTaken",
    "ShowcaseTally",
    "Slot",
    "SlotKind",
    "Track",
]
