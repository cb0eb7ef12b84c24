"""Which innovations are suggested to a member, and to members for a country."""

from hub.access.viewer import Viewer
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.index.index import MatchIndex
from hub.matching.parts import Pairing
from hub.matching.subjects.countries import country_facts
from hub.matching.subjects.people import own_facts
from hub.matching.suggesting.leaving_out import dismissed, innovations_of_country, own_innovations
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, LeftOut, Suggestion
from hub.vocabularies import vocabulary


def aim_for_me(viewer: Viewer) -> Aim:
    """Return for what innovations are suggested to a member: their profile.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    return Aim(
        Pairing.MEMBER_INNOVATION,
        own_facts(member_id_of(viewer)),
        left_out={
            LeftOut.OWN: own_innovations(viewer),
            LeftOut.DISMISSED: dismissed(viewer, "", Kind.INNOVATION),
        },
    )


def aim_for_country(viewer: Viewer, country: str) -> Aim:
    """Return for what innovations are suggested to a country: what it is near to, and what is known there is left out.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: there is no such country.
    """
    member_id_of(viewer)
    if country not in vocabulary("countries"):
        raise NotFoundError
    purpose = f"country:{country}"
    return Aim(
        Pairing.COUNTRY_INNOVATION,
        country_facts(country, labels=viewer.labels),
        purpose,
        {
            LeftOut.HERE: innovations_of_country(country),
            LeftOut.OWN: own_innovations(viewer),
            LeftOut.DISMISSED: dismissed(viewer, purpose, Kind.INNOVATION),
        },
    )


def innovations_for_me(
    index: MatchIndex, viewer: Viewer, page: PageRequest = FIRST_TEN, *, emphases: Emphases | None = None
) -> Page[Suggestion]:
    """Return a page of the innovations that fit what `viewer` needs and does.

    Raises:
        ForbiddenError: the viewer is no member.
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_for_me(viewer), page, emphases)
