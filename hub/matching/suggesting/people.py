"""Which people are suggested to a member, and for an innovation to who reads its record."""

from hub.access.telling import Told, told_of
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import is_inside, is_on_owner_side
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.index.index import MatchIndex
from hub.matching.parts import Pairing
from hub.matching.subjects.innovations import record_facts
from hub.matching.subjects.people import own_facts
from hub.matching.suggesting.leaving_out import blocked_members, dismissed, members_of_side
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, LeftOut, Suggestion
from hub.members.introductions.queries import asked_lately


def aim_for_me(viewer: Viewer) -> Aim:
    """Return for what people are suggested to a member: their profile.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    left = own_facts(member_id_of(viewer))
    return Aim(
        Pairing.MEMBER_MEMBER,
        left,
        left_out={
            LeftOut.OWN: frozenset({left.key}),
            LeftOut.BLOCKED: blocked_members(viewer),
            LeftOut.ASKED: asked_lately(viewer),
            LeftOut.DISMISSED: dismissed(viewer, "", Kind.MEMBER),
        },
    )


def aim_for_innovation(viewer: Viewer, innovation: Innovation) -> Aim:
    """Return for what people are suggested who could help with an innovation; its audience must hold them.

    For who is neither inside its audience nor on its owner's side it says nothing, as its words are not for them.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    member_id_of(viewer)
    return helpers_of(viewer, innovation, innovation.subject)


def helpers_of(viewer: Viewer, innovation: Innovation, purpose: str, *, also: Told | None = None) -> Aim:
    """Return for what people are suggested who should know an innovation.

    Args:
        viewer: who reads.
        innovation: its record, and that alone, is compared.
        purpose: how dismissals name what it is for.
        also: of a further audience that must hold who is suggested, such as that of a showcase.
    """
    revision = innovation.published_revision
    is_theirs = revision is not None and is_inside(viewer, innovation)
    is_owners = is_on_owner_side(viewer, innovation)
    readerships = [innovation.labels, revision.labels if revision else frozenset[str]()]
    audiences = [told_of(labels, viewer, is_chosen=is_owners) for labels in readerships]
    if also is not None:
        audiences.append(also)
    # who registered it is known to its own side alone
    registrant = innovation.registered_by_id if is_owners else None
    side = members_of_side(viewer, frozenset({innovation.owner_id}), frozenset({registrant}))
    return Aim(
        Pairing.INNOVATION_MEMBER,
        record_facts(innovation) if is_theirs else None,
        purpose,
        {
            LeftOut.OWN: side,
            LeftOut.BLOCKED: blocked_members(viewer),
            LeftOut.DISMISSED: dismissed(viewer, purpose, Kind.MEMBER),
        },
        tuple(audiences),
    )


def people_for_me(
    index: MatchIndex, viewer: Viewer, page: PageRequest = FIRST_TEN, *, emphases: Emphases | None = None
) -> Page[Suggestion]:
    """Return a page of the people whom `viewer` may want to meet, among those whose profile they may read.

    Raises:
        ForbiddenError: the viewer is no member.
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_for_me(viewer), page, emphases)
