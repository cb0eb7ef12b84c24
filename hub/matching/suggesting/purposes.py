"""For what suggestions are made, by the words that addresses and dismissals name it with.

Empty for the reader themselves, else `request:<public id>`, `innovation:<public id>`, `entry:<public id>` or
`country:<ISO code>`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hub.access.viewer import Viewer
from hub.catalogue.queries import innovation_by_slug
from hub.collaboration.queries import request_by_id
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.matching.facts import Kind
from hub.matching.index.index import MatchIndex
from hub.matching.suggesting import innovations, people, posting, requests, showing
from hub.matching.suggesting.membership import member_id_of
from hub.matching.suggesting.ordering import Emphases, suggested
from hub.matching.suggesting.suggestion import FIRST_TEN, Aim, Suggestion
from hub.showcases.queries import entry_by_id

AIMS: Mapping[tuple[str, Kind], Callable[[Viewer, str], Aim]] = MappingProxyType(
    {
        ("", Kind.INNOVATION): lambda viewer, _key: innovations.aim_for_me(viewer),
        ("", Kind.REQUEST): lambda viewer, _key: requests.aim_for_me(viewer),
        ("", Kind.MEMBER): lambda viewer, _key: people.aim_for_me(viewer),
        ("request", Kind.MEMBER): lambda viewer, key: posting.aim_for_people(
            viewer, request_by_id(key, viewer)
        ),
        ("request", Kind.ORGANISATION): lambda viewer, key: posting.aim_for_organisations(
            viewer, request_by_id(key, viewer)
        ),
        ("request", Kind.INNOVATION): lambda viewer, key: posting.aim_for_innovations(
            viewer, request_by_id(key, viewer)
        ),
        ("innovation", Kind.MEMBER): lambda viewer, key: people.aim_for_innovation(
            viewer, innovation_by_slug(key, viewer)
        ),
        ("innovation", Kind.REQUEST): lambda viewer, key: requests.aim_for_innovation(
            viewer, innovation_by_slug(key, viewer)
        ),
        ("entry", Kind.MEMBER): lambda viewer, key: showing.aim_for_people(viewer, entry_by_id(key, viewer)),
        ("country", Kind.INNOVATION): innovations.aim_for_country,
    }
)
"""How an aim is made, by what it is for and what is suggested."""


def aim_of(viewer: Viewer, purpose: str, kind: Kind) -> Aim:
    """Return for what `viewer` looks.

    Args:
        viewer: who looks.
        purpose: as the docstring of this file says.
        kind: what is suggested.

    Raises:
        ForbiddenError: the viewer is no member.
        NotFoundError: there is no such thing, it is not theirs, or nothing of this kind is suggested for it.
    """
    member_id_of(viewer)
    of, _, key = purpose.partition(":")
    make = AIMS.get((of, kind))
    if make is None or (purpose and not key):
        raise NotFoundError
    return make(viewer, key)


def kind_of(subject: str) -> tuple[Kind, str]:
    """Return what a subject is, and its key.

    Raises:
        NotFoundError: it is nothing that is suggested.
    """
    kind, _, key = subject.partition(":")
    if kind not in {each.value for each in Kind} or not key:
        raise NotFoundError
    return Kind(kind), key


def suggestions_for(
    index: MatchIndex,
    viewer: Viewer,
    purpose: str,
    kind: Kind,
    page: PageRequest = FIRST_TEN,
    *,
    emphases: Emphases | None = None,
) -> Page[Suggestion]:
    """Return a page of what is suggested for a purpose; errors as of `aim_of`.

    Raises:
        UnavailableError: the index is being prepared.
    """
    return suggested(index, viewer, aim_of(viewer, purpose, kind), page, emphases)
