"""What the looks at every page find, where there is something to find."""

import pytest

from tests.browser.checks import barriers

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Trial</title></head>
<body style="background: #fff; color: #000"><main><h1>Title</h1><p>Words.</p>{}</main></body></html>"""

SOUND = '<p style="color: #555">Words in grey.</p>'


@pytest.fixture
def look(browser):
    page = browser.new_page()

    def at(part):
        page.set_content(PAGE.format(part))
        return barriers(page)

    yield at
    page.close()


@pytest.mark.parametrize(
    "part",
    [
        '<p style="color: #bbb">Pale.</p>',
        '<p style="color: #fff">White on white.</p>',
        '<div style="background: #444"><p style="color: #555">Words in grey.</p></div>',
        '<div style="opacity: 0.4"><p style="color: #555">Words in grey.</p></div>',
        '<p style="color: #555">Words in grey.</p><p style="color: #ccc; font-size: 30px">Large.</p>',
        '<ul><li>One.</li><li style="background: #000">Black.</li></ul>',
    ],
)
def test_letters_that_cannot_be_read_are_found_among_letters_asked_about_before(look, part):
    assert look(SOUND) == []
    assert look(part)
    assert look(part), "it is found again"


def test_a_field_without_a_name_is_found(look):
    assert look("<input>")
