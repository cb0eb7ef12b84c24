"""What the start page of a focal point tells of the records of their country, in one query."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from hub.access.viewer import Role, Viewer
from hub.catalogue.models import CountryStatement, Innovation, InnovationStatus
from hub.catalogue.permissions import in_audience_of
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member, MemberStatus, RoleGrant
from hub.members.queries import is_granted


@dataclass(frozen=True)
class CountryFigures:
    """What a focal point looks after.

    Args:
        published: records that come from the country and are shown to who looks.
        confirmed: how many of them no owner needs to confirm now.
        stated: prerequisites of which something is stated.
        focal_points: how many people hold the role for the country.
    """

    published: int
    confirmed: int
    stated: int
    focal_points: int


def figures_of(country: str, viewer: Viewer) -> CountryFigures:
    """Return the figures of a country (ISO code) as `viewer` may count them."""
    shown = and_(
        Innovation.origin_country == country,
        Innovation.status == InnovationStatus.PUBLISHED,
        in_audience_of(viewer),
    )
    is_confirmed = or_(Innovation.review_due_at.is_(None), Innovation.review_due_at > clock.now())
    held = and_(
        RoleGrant.role == Role.FOCAL_POINT,
        RoleGrant.country == country,
        is_granted(clock.now()),
        Member.id == RoleGrant.member_id,
        Member.status == MemberStatus.APPROVED,
    )
    counts = (
        select(func.count(Innovation.id)).where(shown),
        select(func.count(Innovation.id)).where(shown, is_confirmed, Innovation.confirmed_at.is_not(None)),
        select(func.count(CountryStatement.topic)).where(CountryStatement.country == country),
        select(func.count(RoleGrant.id)).where(held),
    )
    return CountryFigures(*session().execute(select(*(each.scalar_subquery() for each in counts))).one())
