"""Markdown that members write: readable, and harmless."""

import pytest

from hub.web.markdown import plain_text, render_markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.test/pixel.png)",
        "<a href='https://x' style='color:red' onclick='x()'>x</a>",
        "<iframe src=//evil.test></iframe>",
        "<style>p{}</style>",
    ],
)
def test_nothing_harmful_comes_through(text):
    html = str(render_markdown(text)).lower()
    for harm in ("<script", "<img", 'href="javascript', 'href="data', "<iframe", "<style", "<a href='"):
        assert harm not in html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# One\n\n## Two\n\n###### Six", [3, 4, 5]),
        ("## Two\n\n## Two\n\n### Three\n\n# One", [3, 3, 4, 3]),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n## 2", [3, 4, 5, 6, 6, 4]),
    ],
)
def test_headings_follow_those_of_the_page_without_a_gap(text, levels):
    html = str(render_markdown(text))
    assert [line[:3] for line in html.splitlines()] == [f"<h{level}" for level in levels]
    assert [line[-3:] for line in html.splitlines()] == [f"h{level}>"[-3:] for level in levels]


def test_links_say_whom_they_trust():
    html = str(render_markdown("[site](https://hub.example/a?b=1&c=2) <mailto:a@b.example>"))
    assert '<a href="https://hub.example/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">site</a>' in html
    assert 'href="mailto:a@b.example"' in html


def test_lists_tables_and_emphasis_stay():
    html = str(render_markdown("- *a*\n- **b**\n\n|h|\n|-|\n|c|"))
    for tag in ("<ul>", "<li><em>a</em></li>", "<strong>b</strong>", "<th>h</th>", "<td>c</td>"):
        assert tag in html


def test_plain_words_of_a_text():
    assert plain_text("# A\n\n*b* [c](https://x.example) <b>d</b>") == "A. b c <b>d</b>"
    assert plain_text("# *A*\n\nb\n\n## C?\n\nd") == "A. b C? d"
