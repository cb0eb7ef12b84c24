"""Who may see an organisation, speak for it, and oversees it; pure functions and two SQL conditions."""

from sqlalchemy import ColumnElement, and_, or_, select

from hub.access.viewer import Role, Viewer
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationStatus

PUBLIC_STATES = frozenset({OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED})
"""The states in which everybody may see an organisation; others might use a name that is not theirs."""


def can_represent(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may register innovations for it: its representative, or its country's focal point."""
    return organisation.id in viewer.represents or organisation.country in viewer.focal_countries


def is_representative(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` speaks for the organisation as one of its own; a focal point does not."""
    return organisation.id in viewer.represents and not organisation.is_merged


def can_describe(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may change what is said about it and who belongs to it: its representatives."""
    return is_representative(viewer, organisation)


def can_register(viewer: Viewer) -> bool:
    """Whether `viewer` may register an organisation: every approved member."""
    return viewer.is_member


def oversees(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` looks after organisations like it: a coordinator, or the focal point of its country."""
    return viewer.has_role(Role.COORDINATOR) or organisation.country in viewer.focal_countries


def can_view(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may see its page. Agrees with `visible_to`, which a test proves.

    One that turned out to be another has no page; its address leads to what it became.
    """
    if organisation.is_merged:
        return False
    return (
        organisation.status in PUBLIC_STATES
        or organisation.id in viewer.organisations
        or oversees(viewer, organisation)
    )


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for organisations whose page `viewer` may see; it stands behind every list and count."""
    if viewer.has_role(Role.COORDINATOR):
        return is_not_merged()
    ways = [
        Organisation.status.in_(sorted(PUBLIC_STATES)),
        Organisation.id.in_(sorted(viewer.organisations)),
        Organisation.country.in_(sorted(viewer.focal_countries)),
    ]
    return and_(is_not_merged(), or_(*ways))


def is_not_merged() -> ColumnElement[bool]:
    """Return the SQL condition for organisations that stand for themselves."""
    return Organisation.id.not_in(select(MergedOrganisation.organisation_id))
