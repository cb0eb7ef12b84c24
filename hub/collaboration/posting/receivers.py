"""Whom a request can be sent to by name: members who take messages, and organisations for which somebody acts."""

from collections.abc import Collection

from sqlalchemy import or_, select

from hub.access.audience import Audience, Tlp, organisation_label, person_label
from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, RequestLabel, RequestReceiver
from hub.collaboration.posting.details import ByName
from hub.collaboration.telling import requester_ids
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.names import holds
from hub.members.messages.permissions import can_write
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import visible_to as profiles_visible_to
from hub.organisations.models import Organisation
from hub.organisations.people import speakers
from hub.organisations.permissions import can_view, visible_to

FIELD = "receivers"

MOST_FOUND = 8
"""Members, and as many organisations, that a search for receivers shows."""

NOT_THERE = N_("Somebody whom you named is not there, or not any more. Choose again.")
TAKES_NONE = N_("%(name)s takes no requests from you through the hub. Leave them out.")
OWN_SIDE = N_("%(name)s is on your side of this request. Leave them out.")
NOBODY_ACTS = N_(
    "Nobody acts for %(name)s on the hub, so nobody would answer. Leave it out, or name somebody there."
)


def check_receivers(viewer: Viewer, request: CollaborationRequest, readers: ByName) -> None:
    """Refuse receivers whom `viewer` may not know, who take nothing from them, or who are on their own side.

    Whether somebody blocked the viewer or takes no messages at all is not told apart.

    Raises:
        InvalidError: one of them cannot be a receiver; names them where the viewer may know them.
    """
    own_side = requester_ids(request)
    for member in _members(readers.member_ids):
        other = acquaintance_of(viewer, member)
        if not other.is_known:
            raise InvalidError(NOT_THERE, field=FIELD)
        if member.id in own_side:
            raise InvalidError(OWN_SIDE, field=FIELD, name=member.display_name)
        if not can_write(viewer, other):
            raise InvalidError(TAKES_NONE, field=FIELD, name=member.display_name)
    for organisation in _organisations(readers.organisation_ids):
        if not can_view(viewer, organisation):
            raise InvalidError(NOT_THERE, field=FIELD)
        if organisation.id == request.organisation_id:
            raise InvalidError(OWN_SIDE, field=FIELD, name=organisation.name)
        if not speakers(organisation):
            raise InvalidError(NOBODY_ACTS, field=FIELD, name=organisation.name)


def send_to(request: CollaborationRequest, readers: ByName) -> None:
    """Have a request read by named receivers alone, under their own labels; who was named before stays the same row."""
    request.is_open_call = False
    request.audience = Audience.PEOPLE if readers.member_ids else Audience.ORGANISATIONS
    request.tlp = readers.tlp
    labels = {person_label(each) for each in readers.member_ids}
    labels |= {organisation_label(each) for each in readers.organisation_ids}
    request.label_rows = [RequestLabel(label=label) for label in sorted(labels)]
    kept = [
        each
        for each in request.receivers
        if each.member_id in readers.member_ids or each.organisation_id in readers.organisation_ids
    ]
    members = readers.member_ids - {each.member_id for each in kept}
    organisations = readers.organisation_ids - {each.organisation_id for each in kept}
    request.receivers = [
        *kept,
        *(RequestReceiver(member_id=each) for each in sorted(members)),
        *(RequestReceiver(organisation_id=each) for each in sorted(organisations)),
    ]


def named_in(request: CollaborationRequest) -> ByName:
    """Return whom a request is sent to."""
    return ByName(
        request.tlp,
        frozenset(each.member_id for each in request.receivers if each.member_id is not None),
        frozenset(each.organisation_id for each in request.receivers if each.organisation_id is not None),
    )


def organisations_called(viewer: Viewer, words: str) -> list[Organisation]:
    """Return the organisations that `viewer` may see and whose name or short name holds these words."""
    found = session().scalars(
        select(Organisation)
        .where(
            visible_to(viewer),
            or_(holds(Organisation.name, words), holds(Organisation.short_name, words)),
        )
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST_FOUND)
    )
    return list(found)


def receivers_named(
    viewer: Viewer,
    public_ids: Collection[str],
    slugs: Collection[str],
    *,
    before: CollaborationRequest | None = None,
) -> list[Member | Organisation]:
    """Return those of some members and organisations that `viewer` may know, or that a request is sent to already.

    Args:
        viewer: who names them.
        public_ids: random ids of members.
        slugs: of organisations.
        before: a draft of theirs, whose receivers they know.
    """
    named = named_in(before) if before is not None else ByName(Tlp.AMBER)
    members = session().scalars(
        select(Member)
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(
            Member.public_id.in_(sorted(set(public_ids))),
            or_(profiles_visible_to(viewer), Member.id.in_(sorted(named.member_ids))),
        )
        .order_by(Member.display_name, Member.id)
    )
    organisations = session().scalars(
        select(Organisation)
        .where(
            Organisation.slug.in_(sorted(set(slugs))),
            or_(visible_to(viewer), Organisation.id.in_(sorted(named.organisation_ids))),
        )
        .order_by(Organisation.name, Organisation.id)
    )
    return [*members, *organisations]


def _members(ids: Collection[int]) -> list[Member]:
    found = session().scalars(select(Member).where(Member.id.in_(sorted(ids))).order_by(Member.id)).all()
    if len(found) != len(ids):
        raise InvalidError(NOT_THERE, field=FIELD)
    return list(found)


def _organisations(ids: Collection[int]) -> list[Organisation]:
    found = session().scalars(
        select(Organisation).where(Organisation.id.in_(sorted(ids))).order_by(Organisation.id)
    )
    listed = list(found)
    if len(listed) != len(ids):
        raise InvalidError(NOT_THERE, field=FIELD)
    return listed
