"""Hidden showcases: for Georgian police, in every state, with all that belongs to them; and what a public one hides."""

from datetime import timedelta

from hub.core.clock import now
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.calendars.feeds import make_feed
from hub.showcases.models import (
    ChangeKind,
    EntryDecision,
    EntryMaterial,
    EntryRemark,
    EntryStatus,
    FeatureProposal,
    MaterialKind,
    ProgrammeChange,
    RegistrationStatus,
    ShowcaseSource,
    ShowcaseSponsor,
    ShowcaseStatus,
    Track,
)
from tests.catalogue.cast import did
from tests.factories import make_member
from tests.showcases.review.judging import decided, scored
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    drafted_entry,
    drafted_showcase,
    make_curator,
    make_room,
    make_slot,
    opened_showcase,
    proposed_entry,
    registered,
)
from tests.web.leaks.words import word

WAITING = {"status": EntryStatus.UNDER_REVIEW}
OVER = {"starts_in": -timedelta(days=2), "registration_opens_at": None, "registration_closes_at": None}


def public_stage():
    """Store a showcase that everybody sees and whose team nobody knows; only who comes reads where to join online."""
    showcase = opened_showcase(team=[make_curator()], status=ShowcaseStatus.REVIEW)
    showcase.online_url = f"https://example.org/{word('showcases.online_url')}"
    session().commit()
    return showcase


def hide_showcases(cast, stage, shown, innovation):
    """Store them; return by the names of addresses what one of each is called.

    Args:
        cast: the owner proposes the hidden record for its agency.
        stage: the public showcase.
        shown: a public record of people who are nobody's viewers, proposed for it.
        innovation: the hidden record.
    """
    curator, second = make_curator(), make_curator()
    team = {"curator": curator, "team": [second], "readership": GEORGIAN_POLICE}
    police = make_member(law_enforcement="GE")
    places = [_published(cast, team, police, innovation)]
    for columns, status in (
        ({"status": ShowcaseStatus.CALL_OPEN}, EntryStatus.PROPOSED),
        ({"status": ShowcaseStatus.REVIEW}, EntryStatus.UNDER_REVIEW),
        ({"status": ShowcaseStatus.REVIEW, "decisions_sent_at": now()}, EntryStatus.REJECTED),
        ({"status": ShowcaseStatus.REPORTED, **OVER}, EntryStatus.NOT_PRESENTED),
        ({"status": ShowcaseStatus.CANCELLED}, EntryStatus.ACCEPTED),
    ):
        showcase = opened_showcase(**team, **columns)
        entry = proposed_entry(showcase, innovation, cast["owner"], status=status)
        if status is EntryStatus.UNDER_REVIEW:
            _deliberate(entry, curator, second)
        if status is EntryStatus.NOT_PRESENTED:
            make_slot(showcase, entry)
        places.append(_named(showcase, entry_id=entry.public_id))
    draft = drafted_showcase(**team)
    dropped = drafted_entry(opened_showcase(**team), innovation, cast["owner"])
    past = opened_showcase(**team, status=ShowcaseStatus.REPORTED, is_compiled=True, **OVER)
    past.sources = [ShowcaseSource(url="https://example.org", title="Words", retrieved_on=now().date())]
    places += [_named(draft), _named(past), _named(dropped.showcase, entry_id=dropped.public_id)]
    return [*places, _among(stage, shown), {"<secret>": did(make_feed, police)}]


def _named(showcase, **more):
    """Name a showcase as the hub does before it is public, and return how addresses name it and what belongs to it."""
    if showcase.labels != {"public"}:
        showcase.slug = showcase.public_id
    session().commit()
    return {f"<{name}>": value for name, value in {"slug": showcase.slug, **more}.items()}


def _published(cast, team, police, innovation):
    """Store a programme with the hidden record in it, and somebody of its audience who comes."""
    showcase = opened_showcase(**team, status=ShowcaseStatus.PROGRAMME_PUBLISHED, has_no_sponsors=False)
    showcase.sponsors = [ShowcaseSponsor(name="Words", gives="Words", position=0)]
    entry = proposed_entry(
        showcase,
        innovation,
        cast["owner"],
        status=EntryStatus.CONFIRMED,
        presenters=["Words", make_member(law_enforcement="GE")],
    )
    room, track = make_room(showcase), Track(showcase_id=showcase.id, name="Words", position=0)
    session().add(track)
    session().flush()
    slot = make_slot(showcase, entry, room=room, track_id=track.id, capacity=5)
    make_slot(showcase, room=room, after=timedelta(hours=1))
    link = EntryMaterial(
        entry_id=entry.id, kind=MaterialKind.SLIDES, title="Words", url="https://example.org",
        added_by_id=cast["owner"].id,
    )  # fmt: skip
    change = ProgrammeChange(
        showcase_id=showcase.id, kind=ChangeKind.MOVED, title="Words", room_before="A", room_after="B",
        started_before=slot.starts_at, ended_before=slot.ends_at, starts_after=slot.starts_at,
        ends_after=slot.ends_at,
    )  # fmt: skip
    session().add_all((link, change))
    session().commit()
    registration = registered(showcase, police)
    proposal = _propose_feature(entry, *showcase.curators)
    return _named(
        showcase,
        entry_id=entry.public_id,
        presenter_id=entry.presenters[0].public_id,
        material_id=link.public_id,
        room_id=room.public_id,
        track_id=track.public_id,
        slot_id=slot.public_id,
        proposal_id=proposal.public_id,
        registration_id=registration.public_id,
        code=registration.check_in_code,
    )


def _propose_feature(entry, first, second):
    asked = {"entry_id": entry.id, "reason": "Words", "proposed_by_id": first.member_id, "proposed_at": now()}
    declined = {"status": ProposalStatus.DECLINED, "decided_by_id": second.member_id, "decided_at": now()}
    proposal = FeatureProposal(status=ProposalStatus.PROPOSED, **asked)
    session().add_all((proposal, FeatureProposal(**asked, **declined)))
    session().commit()
    return proposal


def _deliberate(entry, first, second):
    """Have curators score an entry, talk about it, and mean to reject it."""
    for curator in (first, second):
        scored(entry, curator, 2, comment="Words")
    decided(entry, first, EntryDecision.REJECT)
    session().add(EntryRemark(entry_id=entry.id, author_id=first.id, words="Words"))
    session().commit()


def _among(stage, shown):
    """Store what a public showcase hides: an entry under review, who comes and what they need."""
    entry = proposed_entry(stage, shown, presenters=["Words", make_member()], **WAITING)
    _deliberate(entry, *(each.member for each in stage.curators))
    guest = {"guest_name": "Words", "guest_email": "words@guests.example", "guest_language": "en-GB"}
    coming = registered(stage, **guest, access_needs="Words")
    registered(stage, make_member(), access_needs="Words", is_listed=True, consent_version="1")
    registered(stage, make_member(), status=RegistrationStatus.DECLINED, decision_words="Words")
    return _named(
        stage,
        entry_id=entry.public_id,
        registration_id=coming.public_id,
        code=coming.check_in_code,
    )
