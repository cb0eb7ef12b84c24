"""Public things as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from hub.access.audience import Tlp
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


@dataclass(frozen=True)
class FeedEntry:
    """One public thing in a feed.

    Args:
        subject: what it is, such as `innovation:…`; its identity is made of it.
        title: its name.
        language: BCP 47 tag of title and summary.
        path: of its page, below the hub's address.
        published_at: since when everybody may read it.
        updated_at: when what everybody reads was changed last.
        author: who stands behind it; may be empty.
        summary: in a sentence or two; may be empty.
    """

    subject: str
    title: str
    language: str
    path: str
    published_at: datetime
    updated_at: datetime
    author: str = ""
    summary: str = ""


def updated_at(entries: Sequence[FeedEntry]) -> datetime:
    """Return when the newest change was made to what a feed of these entries holds."""
    return max((each.updated_at for each in entries), default=BEFORE_ALL)


def atom(feed: Feed, entries: Sequence[FeedEntry]) -> bytes:
    """Return an Atom document.

    Args:
        feed: what it says of itself.
        entries: public things in their order; the caller has made sure that everybody may read them.
    """
    root = ET.Element("feed", {"xmlns": ATOM, LANGUAGE: feed.language})
    _add(root, "id", _urn(f"feed:{feed.identity}"))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(updated_at(entries)))
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    author = ET.SubElement(root, "author")
    _add(author, "name", feed.author)
    _add(author, "uri", feed.home)
    _add(root, "rights", f"TLP:{Tlp.CLEAR}")
    for each in entries:
        root.append(_element(each, feed))
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _element(entry: FeedEntry, feed: Feed) -> ET.Element:
    element = ET.Element("entry")
    _add(element, "id", _urn(entry.subject))
    _add(element, "title", _shown(entry.title), entry.language)
    _add(element, "updated", _moment(entry.updated_at))
    _add(element, "published", _moment(entry.published_at))
    ET.SubElement(
        element, "link", {"rel": "alternate", "type": "text/html", "href": f"{feed.home}{entry.path}"}
    )
    if entry.author:
        author = ET.SubElement(element, "author")
        _add(author, "name", _shown(entry.author))
    if entry.summary:
        _add(element, "summary", entry.summary, entry.language)
    return element


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


def _moment(moment: datetime) -> str:
    """Return a moment as RFC 3339 writes it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
