"""For whom or what a page suggests: oneself, a request, an innovation, an entry or a country, by its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from hub.alerts.things import Thing, describe
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.mail.places import path_of
from hub.matching.facts import Kind
from hub.web.i18n import country_name, language
from hub.web.sessions import current_member, viewer

COUNTRY = "country"

LISTS: Mapping[str, Mapping[Kind, tuple[str, str]]] = {
    "": {
        Kind.INNOVATION: ("matches.innovations", N_("Innovations for you")),
        Kind.REQUEST: ("matches.requests", N_("Requests that you could answer")),
        Kind.MEMBER: ("matches.people", N_("People to work with")),
    },
    Kind.REQUEST: {
        Kind.MEMBER: ("matches.people", N_("People who could answer")),
        Kind.ORGANISATION: ("matches.organisations", N_("Organisations that could answer")),
        Kind.INNOVATION: ("matches.innovations", N_("Innovations that may answer it")),
    },
    Kind.INNOVATION: {
        Kind.MEMBER: ("matches.people", N_("Who could help")),
        Kind.REQUEST: ("matches.requests", N_("Requests that it could answer")),
    },
    "entry": {Kind.MEMBER: ("matches.people", N_("Who should see it"))},
    COUNTRY: {Kind.INNOVATION: ("matches.innovations", N_("For your country"))},
}
"""The lists that there are for each kind of purpose: what they hold, their endpoint and title."""


@dataclass(frozen=True)
class Purpose:
    """For what suggestions are made.

    Args:
        text: as addresses and dismissals write it; empty for the reader themselves.
        name: what it is called.
        href: its page.
        language: BCP 47 tag of the name; None for a proper name.
    """

    text: str = ""
    name: str = ""
    href: str = ""
    language: str | None = None

    @property
    def kind(self) -> str:
        """What kind of purpose it is; empty for the reader themselves."""
        return self.text.partition(":")[0]

    @property
    def lists(self) -> Mapping[Kind, tuple[str, str]]:
        """What is suggested for it: the endpoint and title of each list."""
        return LISTS[self.kind]

    @property
    def arguments(self) -> dict[str, Any]:
        """What addresses say of it."""
        return {"for": self.text} if self.text else {}


def purpose_asked() -> Purpose:
    """Return the purpose that the address names.

    Raises:
        NotFoundError: there is no such thing, or the reader may not see it.
    """
    return purpose_of(request.args.get("for", ""))


def purpose_of(text: str) -> Purpose:
    """Return a purpose by what addresses write.

    Raises:
        NotFoundError: there is no such thing, or the reader may not see it.
    """
    if not text:
        return Purpose()
    if text.partition(":")[0] not in LISTS:
        raise NotFoundError
    thing = describe([text], viewer(), language().code).get(text)
    if thing is None:
        raise NotFoundError
    return _named(text, thing)


def _named(text: str, thing: Thing) -> Purpose:
    name = country_name(thing.key) if thing.kind == COUNTRY else thing.title
    return Purpose(text, name, path_of(thing.kind, thing.key), thing.language)


def list_of(purpose: Purpose, kind: Kind) -> str:
    """Return the address of the list in which suggestions of a kind for a purpose stand."""
    return url_for(purpose.lists[kind][0], **purpose.arguments)


def own_country() -> str:
    """Return the code of the country that the reader is focal point of or works in; empty where neither is known."""
    member = current_member()
    countries = sorted(viewer().focal_countries)
    return countries[0] if countries else (member.country if member else None) or ""
