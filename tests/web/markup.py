"""Parses pages strictly and faster: plain tags are read whole by expressions, anything unusual letter by letter."""

import re
from html import unescape

import html5lib
from html5lib.constants import tokenTypes

BLANK = " \t\n\f"

UNUSUAL = re.compile(
    r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
"""Letters that must not stand in a page, or that html5lib changes before it reads it."""

ATTRIBUTE = r"[ \n\t]+([a-zA-Z][a-zA-Z0-9:._-]*)(?:=(?:\"([^\"]*)\"|'([^']*)'))?"
START = re.compile(rf"<([a-zA-Z][a-zA-Z0-9-]*)((?:{ATTRIBUTE})*)[ \n\t]*(/?)>")
ATTRIBUTES = re.compile(ATTRIBUTE)
END = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*)>")
TEXT = re.compile(r"[^<]+")
DOCTYPE = re.compile(r"<!doctype html>", re.IGNORECASE)

ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#39|#34|#43|#x27);)")
"""An ampersand that begins anything but what templates write."""


class UnusualError(Exception):
    """Something stands here that is left to html5lib."""


class _Stream:
    """What the parser asks of its input: words have no other encoding."""

    charEncoding = (None, "certain")  # noqa: N815 - the name that html5lib looks for

    def position(self):
        """Say nothing of where something is wrong: html5lib reads the page again and says it."""
        raise UnusualError


class _Tokens:
    """The tokens of a page, as html5lib's own tokenizer gives them out."""

    stream = _Stream()
    dataState, rcdataState, rawtextState, scriptDataState, plaintextState = (  # noqa: N815 - names of html5lib
        "data",
        "rcdata",
        "rawtext",
        "script",
        "plaintext",
    )

    def __init__(self, text):
        if UNUSUAL.search(text):
            raise UnusualError
        self._text, self.state = text, self.dataState

    def __iter__(self):
        text, place, name = self._text, 0, ""
        while place < len(text):
            if self.state != self.dataState:
                end = text.find(f"</{name}>", place)
                if end < 0 or self.state == self.plaintextState:
                    raise UnusualError
                inside, place = text[place:end], end
                if self.state != self.rcdataState and "<!--" in inside:
                    raise UnusualError
                yield from _characters(_decoded(inside) if self.state == self.rcdataState else inside)
                self.state = self.dataState
            elif text[place] != "<":
                found = TEXT.match(text, place)
                place = found.end()
                yield from _characters(_decoded(found[0]))
            elif found := START.match(text, place):
                place, name = found.end(), found[1]
                yield _start(found)
            elif found := END.match(text, place):
                place = found.end()
                yield {
                    "type": tokenTypes["EndTag"],
                    "name": found[1].lower(),
                    "data": [],
                    "selfClosing": False,
                }
            elif found := DOCTYPE.match(text, place):
                place = found.end()
                yield {
                    "type": tokenTypes["Doctype"],
                    "name": "html",
                    "publicId": None,
                    "systemId": None,
                    "correct": True,
                }
            else:
                raise UnusualError


def _decoded(text):
    if "&" not in text:
        return text
    if ENTITY.search(text):
        raise UnusualError
    return unescape(text)


def _characters(text):
    words = text.lstrip(BLANK)
    if len(words) < len(text):
        yield {"type": tokenTypes["SpaceCharacters"], "data": text[: len(text) - len(words)]}
    if words:
        yield {"type": tokenTypes["Characters"], "data": words}


def _start(found):
    pairs = [(each[1].lower(), _decoded(each[2] or each[3] or "")) for each in ATTRIBUTES.finditer(found[2])]
    data = dict(pairs)
    if len(data) < len(pairs):
        raise UnusualError
    return {
        "type": tokenTypes["StartTag"],
        "name": found[1].lower(),
        "data": data,
        "selfClosing": bool(found[6]),
        "selfClosingAcknowledged": False,
    }


class _Parser(html5lib.HTMLParser):
    def _parse(self, stream, innerHTML=False, container="div", scripting=False):  # noqa: N803 - names of html5lib
        self.innerHTMLMode, self.container, self.scripting = innerHTML, container, scripting
        self.tokenizer = _Tokens(stream)
        self.reset()
        self.mainLoop()


def parse_strictly(text):
    """Return the tree of a page.

    Raises:
        html5lib.html5parser.ParseError: something is unclosed, misplaced or doubled.
    """
    try:
        return _Parser(strict=True, namespaceHTMLElements=False).parse(text)
    except (UnusualError, html5lib.html5parser.ParseError):
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
