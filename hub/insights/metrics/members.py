"""What is counted of people and organisations."""

from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.core.i18n import N_
from hub.insights.metrics.counting import counted_by, grouped
from hub.insights.metrics.metric import Dimension, Metric, Unit, Values
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import visible_to
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.permissions import visible_to as organisations_visible_to


def members_public() -> Values:
    """Count approved members whose profile everybody may read."""
    number = func.count(Profile.member_id)
    is_shown = (Member.id == Profile.member_id, visible_to(VISITOR))
    by_type = select(Member.member_type, number).where(*is_shown).group_by(Member.member_type)
    return {
        **counted_by(Dimension.COUNTRY, Member.country, number, *is_shown),
        **grouped(Dimension.MEMBER_TYPE, by_type),
    }


def organisations_verified() -> Values:
    """Count verified organisations."""
    return counted_by(
        Dimension.COUNTRY,
        Organisation.country,
        func.count(Organisation.id),
        Organisation.status == OrganisationStatus.VERIFIED,
        organisations_visible_to(VISITOR),
    )


METRICS = (
    Metric(
        "members_public",
        N_("Members with a public profile"),
        N_(
            "Approved members, vetted within the year, whose profile everybody may read. "
            "Members who show their profile to members alone, or to nobody, are not counted."
        ),
        Unit.COUNT,
        members_public,
        by=(Dimension.COUNTRY, Dimension.MEMBER_TYPE),
    ),
    Metric(
        "organisations_verified",
        N_("Verified organisations"),
        N_("Organisations that a coordinator or focal point verified and whose verification has not lapsed."),
        Unit.COUNT,
        organisations_verified,
        by=(Dimension.COUNTRY,),
    ),
)
"""Metrics of people and organisations."""
