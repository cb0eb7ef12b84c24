"""What becomes of somebody's part in showcases when they leave the hub: found for their page, then closed."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.organisations.people import speakers
from hub.showcases.calendars.feeds import end_feed_for
from hub.showcases.entries.answering import leave
from hub.showcases.entries.checking import OPEN_ENDED
from hub.showcases.entries.leaving import let_go
from hub.showcases.entries.presenters import PREPARED
from hub.showcases.entries.service import withdraw
from hub.showcases.holding import hold_showcases
from hub.showcases.lifecycle import ENTRIES, FEATURES
from hub.showcases.models import (
    Entry,
    EntryPresenter,
    EntryStatus,
    FeatureProposal,
    Registration,
    Showcase,
    ShowcaseCurator,
    ShowcaseStatus,
)
from hub.showcases.models.entry import STANDING
from hub.showcases.registrations.leaving import cancel_for_departing, open_registrations
from hub.showcases.telling import tell_judges

LEFT = "Who took part in this left the hub."
"""The reason that the audit log keeps."""


@dataclass(frozen=True)
class OpenShowcases:
    """What of showcases somebody began and nobody else can go on with, or takes part in.

    Args:
        discarded: showcases that nobody else prepares and nobody has seen; they are deleted.
        left: showcases whose team they leave.
        abandoned: those of them whose team is then empty; another coordinator can join it.
        drafts: entries that nobody was sent; they are deleted.
        withdrawn: entries that wait for an answer; they are withdrawn.
        stepped_back: accepted entries; they leave the programme, and the waiting list moves up.
        presented: entries that they were to present and that others act for; these are asked to name somebody else.
        proposals: proposals to feature an entry that nobody decided; they are withdrawn.
        registrations: registrations for what is still to come; they are cancelled.
    """

    discarded: tuple[Showcase, ...]
    left: tuple[Showcase, ...]
    abandoned: tuple[Showcase, ...]
    drafts: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    stepped_back: tuple[Entry, ...]
    presented: tuple[EntryPresenter, ...]
    proposals: tuple[FeatureProposal, ...]
    registrations: tuple[Registration, ...]


def open_showcases(member: Member) -> OpenShowcases:
    """Return what of `member` is open in showcases; what their colleagues can go on with is left out."""
    teams = list(
        session().scalars(
            select(Showcase)
            .where(Showcase.curators.any(ShowcaseCurator.member_id == member.id))
            .order_by(Showcase.id)
        )
    )
    alone = [each for each in teams if len(each.curators) == 1]
    discarded = [each for each in alone if each.status is ShowcaseStatus.DRAFT]
    entries = _entries_of(member)
    return OpenShowcases(
        discarded=tuple(discarded),
        left=tuple(each for each in teams if each not in discarded),
        abandoned=tuple(each for each in alone if each not in discarded and each.status not in OPEN_ENDED),
        drafts=tuple(each for each in entries if each.status is EntryStatus.DRAFT),
        withdrawn=tuple(each for each in entries if ENTRIES.row("withdraw", each.status) is not None),
        stepped_back=tuple(
            each
            for each in entries
            if ENTRIES.row("step_back", each.status) is not None and each.showcase.status not in OPEN_ENDED
        ),
        presented=tuple(each for each in _presented_by(member) if each.entry not in entries),
        proposals=tuple(
            session().scalars(
                select(FeatureProposal)
                .where(
                    FeatureProposal.proposed_by_id == member.id,
                    FeatureProposal.status == ProposalStatus.PROPOSED,
                )
                .order_by(FeatureProposal.id)
            )
        ),
        registrations=tuple(open_registrations(member)),
    )


def close_showcases(viewer: Viewer, member: Member) -> None:
    """Close all that `open_showcases` returns, and end the secret address of the member's calendar.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves.
    """
    _hold(member)
    work = open_showcases(member)
    cancel_for_departing(viewer, member)
    for proposal in work.proposals:
        FEATURES.move(proposal, "withdraw")
        record(viewer, Event.ENTRY_WITHDRAW_FEATURE, proposal.entry.subject, reason=LEFT)
    for presenter in _presented_by(member):
        let_go(viewer, presenter, reason=LEFT)
    # first what waits, so that none of it moves up
    for entry in work.withdrawn:
        withdraw(viewer, entry, reason=LEFT)
        tell_judges("entry_left", entry, but=member.id)
    for entry in work.stepped_back:
        leave(viewer, entry, reason=LEFT)
        tell_judges("entry_left", entry, but=member.id)
    for draft in work.drafts:
        record(viewer, Event.ENTRY_DISCARD, draft.subject, reason=LEFT)
        session().delete(draft)
    session().flush()
    _leave_teams(viewer, member, work)
    end_feed_for(member.id)


def _leave_teams(viewer: Viewer, member: Member, work: OpenShowcases) -> None:
    for showcase in work.left:
        record(viewer, Event.SHOWCASE_LEAVE, showcase.subject, reason=LEFT)
    session().execute(
        delete(ShowcaseCurator).where(ShowcaseCurator.member_id == member.id),
        execution_options={"synchronize_session": False},
    )
    session().expire_all()
    for showcase in work.discarded:
        record(viewer, Event.SHOWCASE_DISCARD, showcase.subject, reason=LEFT)
        session().execute(
            update(Showcase).where(Showcase.copied_from_id == showcase.id).values(copied_from_id=None),
            execution_options={"synchronize_session": False},
        )
        session().delete(showcase)
    session().flush()


def _entries_of(member: Member) -> list[Entry]:
    """Return the entries that `member` proposed and nobody else acts for."""
    found = session().scalars(select(Entry).where(Entry.proposed_by_id == member.id).order_by(Entry.id))
    return [each for each in found if not _others(each.organisation, member)]


def _presented_by(member: Member) -> list[EntryPresenter]:
    """Return `member` as presenter of entries that are still to come."""
    to_come = select(Showcase.id).where(Showcase.status.not_in(OPEN_ENDED))
    return list(
        session().scalars(
            select(EntryPresenter)
            .join(Entry, Entry.id == EntryPresenter.entry_id)
            .where(
                EntryPresenter.member_id == member.id,
                EntryPresenter.status.in_(STANDING),
                Entry.status.in_(PREPARED),
                Entry.showcase_id.in_(to_come),
            )
            .order_by(EntryPresenter.id)
        )
    )


def _hold(member: Member) -> None:
    """Hold who leaves, then every showcase in which something of theirs changes, in the order of their ids."""
    hold_member(member.id)
    session().flush()
    work = open_showcases(member)
    hold_showcases(
        [
            *(each.id for each in (*work.discarded, *work.left)),
            *(each.showcase_id for each in (*work.drafts, *work.withdrawn, *work.stepped_back)),
            *(each.entry.showcase_id for each in _presented_by(member)),
            *(each.entry.showcase_id for each in work.proposals),
            *(each.showcase_id for each in work.registrations),
        ]
    )


def _others(organisation: Organisation | None, member: Member) -> frozenset[int]:
    """Return who else acts for the side of `member`."""
    return speakers(organisation.present) - {member.id} if organisation is not None else frozenset()
