"""Markdown that members write, as HTML that cannot harm: raw HTML off, then an allow-list."""

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    {
        "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip

ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

SCHEMES = frozenset({"http", "https", "mailto"})

HIGHEST = 3
"""Headings begin below those of the page, which has one h1 and sections of h2."""

LOWEST = 6

LONGEST_REMEMBERED = 4_000
"""Characters of the longest text of which the HTML is kept: messages and descriptions are read again and again."""

MOST_REMEMBERED = 1_000
"""Texts of which the HTML is kept in this process; the longest unused are forgotten first."""

PLAIN = re.compile(r"(?=[^\W\d])[^\n*_`#<>&\[\]!|~\\=+]*+(?<!\s)")
"""One line that holds no sign of Markdown: most short descriptions, which need not be parsed."""

HEADING_END = re.compile(r"(?<=[^\W_])((?:</\w+>)*</h[1-6]>)")
"""Where a heading ends in a letter or digit, so that nothing parts it from what follows once it is mere text."""

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


def render_markdown(text: str) -> Markup:
    """Return `text` as safe HTML: no raw HTML, no pictures, links only to http, https and mailto."""
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _rendered(text)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered(text: str) -> Markup:
    return _rendered(text)


def _rendered(text: str) -> Markup:
    tokens = _parser.parse(text)
    _rank_headings(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line above


def _rank_headings(tokens: list[Token]) -> None:
    """Give headings the levels that follow those of the page without a gap, whichever ones their author took."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(HIGHEST + len(above) - 1, LOWEST)}"


def plain_text(text: str) -> str:
    """Return the words of Markdown without its markup, for passages and previews in lists; a heading ends in a stop."""
    if PLAIN.fullmatch(text):
        return " ".join(text.split())
    words = unescape(nh3.clean(HEADING_END.sub(r".\1", _parser.render(text)), tags=set()))
    return re.sub(r"\s+", " ", words).strip()
