"""Public records as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from hub.access.audience import Tlp
from hub.catalogue.models import Innovation
from hub.core.lookalikes import pieces

MEDIA_TYPE = "application/atom+xml"

ATOM = "http://www.w3.org/2005/Atom"

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, in section 2.2 of its recommendation."""

BEFORE_ALL = datetime(2016, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed: RFC 4287 wants a moment, and no record is older than this."""


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself.

    Args:
        identity: what the feed stands for, always the same for the same search.
        title: what it is called.
        language: BCP 47 tag of the title, and the language in which entries are told where they have it.
        author: what the hub is called.
        home: address of the hub, without a slash at the end.
        address: where the feed is.
        page: the page for people that shows the same.
    """

    identity: str
    title: str
    language: str
    author: str
    home: str
    address: str
    page: str


def updated_at(innovations: Sequence[Innovation]) -> datetime:
    """Return when the newest change was made to what a feed of these records holds."""
    return max((_changed_at(each) for each in innovations), default=BEFORE_ALL)


def atom(feed: Feed, innovations: Sequence[Innovation]) -> bytes:
    """Return an Atom document.

    Args:
        feed: what it says of itself.
        innovations: published records in their order; the caller has made sure that everybody may read them.
    """
    root = ET.Element("feed", {"xmlns": ATOM, LANGUAGE: feed.language})
    _add(root, "id", _urn(f"feed:{feed.identity}"))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(updated_at(innovations)))
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    author = ET.SubElement(root, "author")
    _add(author, "name", feed.author)
    _add(author, "uri", feed.home)
    _add(root, "rights", f"TLP:{Tlp.CLEAR}")
    for innovation in innovations:
        root.append(_entry(innovation, feed))
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(innovation: Innovation, feed: Feed) -> ET.Element:
    """Return one record.

    Raises:
        ValueError: nothing of it was approved yet.
    """
    revision = innovation.published_revision
    if revision is None:
        message = "an innovation without an approved revision is in no feed"
        raise ValueError(message)
    words = revision.text_in(feed.language)
    entry = ET.Element("entry")
    _add(entry, "id", _urn(f"innovation:{innovation.public_id}"))
    _add(entry, "title", _shown(words.name), words.language)
    _add(entry, "updated", _moment(_changed_at(innovation)))
    _add(entry, "published", _moment(_public_since(innovation)))
    page = f"{feed.home}/innovations/{innovation.slug}"
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
    if innovation.owner:
        author = ET.SubElement(entry, "author")
        _add(author, "name", _shown(innovation.owner.name))
    if words.short_description:
        _add(entry, "summary", words.short_description, words.language)
    return entry


def _add(parent: ET.Element, name: str, text: str, language: str = "") -> None:
    """Add an element of plain text, in a language where it is another than the feed's."""
    child = ET.SubElement(parent, name, {LANGUAGE: language} if language else {})
    child.text = NO_XML.sub("", text)


def _shown(text: str) -> str:
    """Return a name in which hidden signs are spelt out and do nothing."""
    return "".join(each.text for each in pieces(text))


def _urn(name: str) -> str:
    """Return an identity that stays when the hub moves to another address."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'anti-corruption-innovation-hub:{name}')}"


def _public_since(innovation: Innovation) -> datetime:
    return innovation.made_public_at or innovation.published_at or BEFORE_ALL


def _changed_at(innovation: Innovation) -> datetime:
    """Return when what the public reads of it was changed last."""
    revision = innovation.published_revision
    decided_at = revision.decided_at if revision else None
    return max(_public_since(innovation), decided_at or BEFORE_ALL)


def _moment(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
