"""Pages are read as html5lib reads them, faster: the same trees, and the same complaints."""

import html5lib
import pytest

from tests.web.client import faults
from tests.web.markup import _Parser, parse_strictly

START = '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>A &amp; B</title></head><body>'

SOUND = (
    "<p>Words &lt;here&gt;&nbsp;and there.</p>\n  <br><hr>",
    "<form method=post action='/x'></form>",
    '<select name="a"><option value="1" selected>One<option>Two</select>',
    "<textarea name='t'>\n\n two &#39;lines&#39; <b> </textarea>",
    '<svg viewBox="0 0 1 1" focusable="false"><path d="M0 0"/></svg>',
    '<script type="application/ld+json">{"a": "<b> & c"}</script>',
    "<!-- a comment --><p>Text",
    '<table><tbody><tr><th scope="row" data-i18n.more="%{count}">A<td>B</table>',
    "<p>Line\rbroken</p>",
)

FAULTY = (
    "<p>Words</div>",
    '<p id="a" id="b">Twice</p>',
    "<p>R & D &copy now</p>",
    '<p class="a"id="b">Glued</p>',
    "<div/>",
    "<b><p>Crossed</b></p>",
    "<p>\x00</p>",
    '<p title="open>',
    "<p <b>",
    "</br>",
    "<p>1 < 2</p>",
)


def html5libs(text):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def tree(element):
    return (
        str(element.tag),
        {str(name): value for name, value in element.attrib.items()},
        element.text,
        element.tail,
        [tree(each) for each in element],
    )


def outcome(parse, text):
    try:
        return tree(parse(text))
    except html5lib.html5parser.ParseError as error:
        return repr(error)


@pytest.mark.parametrize("part", [*SOUND, *FAULTY])
def test_it_says_what_html5lib_says(part):
    text = f"{START}{part}</body></html>"
    assert outcome(parse_strictly, text) == outcome(html5libs, text)


def test_plain_pages_are_read_the_faster_way():
    text = f"{START}{SOUND[0]}{SOUND[3]}{SOUND[4]}{SOUND[5]}</body></html>"
    assert tree(_Parser(strict=True, namespaceHTMLElements=False).parse(text)) == tree(html5libs(text))


def test_a_fault_reaches_who_nags():
    with pytest.raises(html5lib.html5parser.ParseError):
        faults(f"{START}<main><h1>Title</h1></div></main></body></html>")
