"""Who may do what with showcases and what belongs to them, and which somebody may see: pure functions, SQL conditions.

The team of a showcase are the coordinators who made or joined it: outside its audience nobody else sees it. Of an
entry there are its side (who proposed it, or the representatives of the owner it was proposed for), its presenters,
and the curators of the team who have no conflict with it; who has one learns nothing of it before its audience does.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, literal, or_, select

from hub.access.viewer import Role, Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_speak_for, visible_to as innovations_visible_to
from hub.core import clock
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.showcases.hearing import may_hear_of
from hub.showcases.models import (
    Entry,
    EntryPresenter,
    EntryStatus,
    FeatureProposal,
    PresenterStatus,
    Registration,
    Showcase,
    ShowcaseCurator,
    ShowcaseLabel,
    Slot,
)
from hub.showcases.models.entry import IN_PROGRAMME, STANDING as STILL_PRESENTING
from hub.showcases.models.showcase import SHOWN


def can_curate(viewer: Viewer) -> bool:
    """Whether `viewer` makes showcases and may join teams: coordinators."""
    return viewer.has_role(Role.COORDINATOR)


def is_on_team(viewer: Viewer, showcase: Showcase) -> bool:
    """Whether `viewer` is a curator of the showcase: a coordinator still, who made or joined it."""
    return can_curate(viewer) and any(each.member_id == viewer.member_id for each in showcase.curators)


def on_team_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for showcases that `viewer` curates, as `is_on_team` says."""
    if not can_curate(viewer):
        return false()
    return Showcase.id.in_(
        select(ShowcaseCurator.showcase_id).where(ShowcaseCurator.member_id == viewer.member_id)
    )


def is_in_audience(viewer: Viewer, showcase: Showcase) -> bool:
    """Whether `viewer` is inside the audience of a showcase that is shown."""
    return showcase.status in SHOWN and bool(showcase.labels & viewer.labels)


def can_view(viewer: Viewer, showcase: Showcase) -> bool:
    """Whether `viewer` may know that the showcase exists. Agrees with `visible_to`, which a test proves."""
    return is_in_audience(viewer, showcase) or is_on_team(viewer, showcase)


def can_join(viewer: Viewer, showcase: Showcase) -> bool:
    """Whether `viewer` may join the team: a coordinator who sees the showcase and is not on it."""
    return can_curate(viewer) and is_in_audience(viewer, showcase) and not is_on_team(viewer, showcase)


def in_audience_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for showcases that are shown to `viewer` as part of their audience."""
    return and_(
        Showcase.status.in_(SHOWN), Showcase.label_rows.any(ShowcaseLabel.label.in_(sorted(viewer.labels)))
    )


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for showcases that `viewer` may know of; it stands behind every list and count."""
    return or_(in_audience_of(viewer), on_team_of(viewer))


def involvement_in(entry: Entry) -> Involvement:
    """Return who takes part in an entry, for the search for conflicts: its side, its presenters, its innovation's.

    Who recused themselves from an entry did so from every later one of the same innovation for the same showcase.
    """
    innovation = entry.innovation
    revision = innovation.published_revision
    organisations = {entry.organisation_id, innovation.owner_id}
    if revision is not None:
        organisations |= {each.organisation_id for each in revision.organisations}
    members: set[int | None] = {entry.proposed_by_id, innovation.registered_by_id}
    members |= {each.member_id for each in entry.presenters}
    return Involvement(
        member_ids=frozenset(number for number in members if number is not None),
        organisation_ids=frozenset(number for number in organisations if number is not None),
        subject=entry.subject,
        also=frozenset({innovation.subject, *(each.subject for each in entry.attempts)}),
    )


def entry_conflict(viewer: Viewer, entry: Entry) -> Conflict | None:
    """Return what keeps `viewer` from reading the deliberation about the entry and deciding, or None."""
    return conflict_of(viewer, involvement_in(entry))


def can_judge(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` may score, discuss and decide the entry: a curator of the team, free of conflict with it."""
    return is_on_team(viewer, entry.showcase) and entry_conflict(viewer, entry) is None


def judged_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the entries that `viewer` may judge, sent ones only; as `can_judge` says."""
    if not can_curate(viewer):
        return false()
    return and_(
        Entry.status != EntryStatus.DRAFT,
        Entry.showcase_id.in_(
            select(ShowcaseCurator.showcase_id).where(ShowcaseCurator.member_id == viewer.member_id)
        ),
        may_hear_of(viewer),
    )


def is_on_entry_side(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` acts for the entry: represents the owner it was proposed for, or proposed it for none.

    Only who may know of the showcase does: a colleague outside its audience learns nothing of it this way.
    """
    if entry.organisation_id is None:
        acts = viewer.member_id is not None and viewer.member_id == entry.proposed_by_id
    else:
        acts = entry.organisation_id in viewer.represents
    return acts and can_view(viewer, entry.showcase)


def is_presenter(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` is meant to present the entry, has not stepped back, and may know of the showcase."""
    presents = viewer.member_id is not None and any(
        each.member_id == viewer.member_id and each.status in STILL_PRESENTING for each in entry.presenters
    )
    return presents and can_view(viewer, entry.showcase)


def speaks_as(viewer: Viewer, presenter: EntryPresenter) -> bool:
    """Whether `viewer` may answer for a presenter: it is they, or their entry's side for who has no account."""
    if presenter.member_id is None:
        return is_on_entry_side(viewer, presenter.entry)
    return viewer.member_id == presenter.member_id


def answers_for(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` may change the entry, confirm it or step back with it: its side, while it speaks for the record.

    As with records, seeing what one proposed as focal point or registrant outlasts that, changing it does not.
    """
    return is_on_entry_side(viewer, entry) and (
        entry.organisation_id is not None or can_speak_for(viewer, entry.innovation)
    )


def on_entry_side_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the entries for which `viewer` acts, as `is_on_entry_side` says; never unknown."""
    if viewer.member_id is None:
        return false()
    return and_(
        or_(
            and_(Entry.organisation_id.is_(None), Entry.proposed_by_id == viewer.member_id),
            and_(Entry.organisation_id.is_not(None), Entry.organisation_id.in_(sorted(viewer.represents))),
        ),
        Entry.showcase.has(visible_to(viewer)),
    )


def presented_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the sent entries that `viewer` presents, as `is_presenter` says."""
    if viewer.member_id is None:
        return false()
    return and_(
        Entry.status != EntryStatus.DRAFT,
        Entry.id.in_(
            select(EntryPresenter.entry_id).where(
                EntryPresenter.member_id == viewer.member_id,
                EntryPresenter.status.in_(STILL_PRESENTING),
            )
        ),
        Entry.showcase.has(visible_to(viewer)),
    )


def in_programme_for(viewer: Viewer, moment: ColumnElement[datetime] | None = None) -> ColumnElement[bool]:
    """Return the SQL condition for the entries that a published programme names to `viewer`.

    They are confirmed, have a slot, are past their embargo, and their innovation is one that the viewer may see.

    Args:
        viewer: who reads.
        moment: stands for this moment, for a statement that is kept; None for the present one.
    """
    return and_(
        may_be_named(literal(clock.now()) if moment is None else moment),
        exists().where(Slot.entry_id == Entry.id).correlate(Entry),
        Entry.showcase.has(and_(Showcase.published_at.is_not(None), visible_to(viewer))),
        Entry.innovation.has(innovations_visible_to(viewer)),
    )


def may_be_named(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the SQL condition for entries that a programme may name at a moment: confirmed, past their embargo."""
    return and_(
        Entry.status.in_(IN_PROGRAMME), or_(Entry.embargo_until.is_(None), Entry.embargo_until <= moment)
    )


def entries_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for entries that `viewer` may know of; it stands behind every list and count.

    They are in a programme shown to them, or theirs to answer for or to present, or theirs to judge.
    """
    ways = [in_programme_for(viewer)]
    if viewer.member_id is not None:
        ways += [on_entry_side_of(viewer), presented_by(viewer), judged_by(viewer)]
    return or_(*ways)


def can_decide_feature(viewer: Viewer, proposal: FeatureProposal) -> bool:
    """Whether `viewer` may decide about featuring: a curator free of conflict who did not propose it."""
    return proposal.proposed_by_id != viewer.member_id and can_judge(viewer, proposal.entry)


def can_withdraw_feature(viewer: Viewer, proposal: FeatureProposal) -> bool:
    """Whether `viewer` may take a proposal to feature back: who made it."""
    return viewer.member_id is not None and proposal.proposed_by_id == viewer.member_id


def is_registrant(viewer: Viewer, registration: Registration) -> bool:
    """Whether it is `viewer` who registered."""
    return viewer.member_id is not None and registration.member_id == viewer.member_id


def can_admit(viewer: Viewer, registration: Registration) -> bool:
    """Whether `viewer` may approve, decline and check in: the team, never for themselves."""
    return is_on_team(viewer, registration.showcase) and not is_registrant(viewer, registration)


def may_see_innovation(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for entries whose innovation `viewer` may see."""
    return Entry.innovation_id.in_(select(Innovation.id).where(innovations_visible_to(viewer)))


def is_asked(viewer: Viewer, presenter: EntryPresenter) -> bool:
    """Whether a presenter's answer is `viewer`'s to give and still waits."""
    return presenter.status is PresenterStatus.ASKED and speaks_as(viewer, presenter)
