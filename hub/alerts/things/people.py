"""What organisations, members, messages and introductions between them and requests to be verified are called."""

from sqlalchemy import ColumnElement, String, and_, case, false, func, literal, or_, true
from sqlalchemy.orm import aliased

from hub.access.viewer import Role, Viewer
from hub.alerts.things.naming import Names, named, subject_of
from hub.members.introductions.permissions import visible_to as visible_introductions
from hub.members.models import ContactMessage, Introduction, Member, Profile
from hub.members.profiles.permissions import visible_to as visible_profiles
from hub.organisations.models import MergedOrganisation, Organisation
from hub.organisations.permissions import visible_to as visible_organisations
from hub.vetting.models import OrganisationVerification


def organisations(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of organisations; one that was merged is called, and found at, what it became."""
    asked = aliased(Organisation)
    return (
        named(
            subject_of("organisation", asked.slug),
            "organisation",
            Organisation.slug,
            Organisation.name,
        )
        .select_from(asked)
        .join(MergedOrganisation, MergedOrganisation.organisation_id == asked.id, isouter=True)
        .join(Organisation, Organisation.id == func.coalesce(MergedOrganisation.into_id, asked.id))
        .where(asked.slug.in_(keys), visible_organisations(viewer))
    )


def members(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of members whose page the viewer may open."""
    return (
        named(
            subject_of("member", Member.public_id),
            "member",
            Member.public_id,
            Member.display_name,
        )
        .select_from(Member)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.public_id.in_(keys), visible_profiles(viewer))
    )


def messages(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of messages to the viewer; they are called after their sender, whom the viewer may know."""
    is_named = and_(Profile.member_id.is_not(None), visible_profiles(viewer))
    is_theirs = ContactMessage.receiver_id == viewer.member_id if viewer.is_member else false()
    return (
        named(
            subject_of("message", ContactMessage.public_id),
            "message",
            ContactMessage.public_id,
            case((is_named, Member.display_name), else_=literal("", String)),
        )
        .select_from(ContactMessage)
        .join(Member, Member.id == ContactMessage.sender_id)
        .join(Profile, Profile.member_id == Member.id, isouter=True)
        .where(ContactMessage.public_id.in_(keys), is_theirs)
    )


def introductions(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of introductions of the viewer, called after the other side, whom the viewer may know."""
    is_named = and_(Profile.member_id.is_not(None), visible_profiles(viewer))
    is_sent = Introduction.asked_by_id == viewer.member_id
    other = case((is_sent, Introduction.asked_id), else_=Introduction.asked_by_id)
    return (
        named(
            subject_of("introduction", Introduction.public_id),
            "introduction",
            Introduction.public_id,
            case((is_named, Member.display_name), else_=literal("", String)),
        )
        .select_from(Introduction)
        .join(Member, Member.id == other)
        .join(Profile, Profile.member_id == Member.id, isouter=True)
        .where(Introduction.public_id.in_(keys), visible_introductions(viewer))
    )


def verifications(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of requests to be verified, for who decides them and for who asked."""
    is_theirs: ColumnElement[bool] = or_(
        OrganisationVerification.requested_by_id == viewer.member_id,
        Organisation.id.in_(sorted(viewer.represents)),
        Organisation.country.in_(sorted(viewer.focal_countries)),
    )
    if viewer.has_role(Role.COORDINATOR):
        is_theirs = true()
    return (
        named(
            subject_of("verification", OrganisationVerification.public_id),
            "verification",
            OrganisationVerification.public_id,
            Organisation.name,
        )
        .select_from(OrganisationVerification)
        .join(Organisation, Organisation.id == OrganisationVerification.organisation_id)
        .where(OrganisationVerification.public_id.in_(keys), is_theirs if viewer.is_member else false())
    )
