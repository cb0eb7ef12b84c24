"""Why something is suggested, and why not: the parts add up, and each that is missing says what would help."""

import pytest

from hub.catalogue.models import InnovationStatus
from hub.collaboration.models import RequestStatus
from hub.core.database import transaction
from hub.matching.dismissing import dismiss
from hub.web.matches.why import tenths
from tests.catalogue.records import GEORGIAN_POLICE
from tests.factories import make_member
from tests.matching.scenes import network_request, scientist, tracing_tool
from tests.web.client import main_of, words
from tests.web.matches.reading import school


def numbers_of(answer):
    """Return the points of each part and their sum, as the table says them."""
    rows = [[words(cell) for cell in row] for row in next(main_of(answer.text).iter("table")).iter("tr")]
    points = [float(row[2]) for row in rows[1:]]
    return points[:-1], points[-1]


def test_the_parts_add_up_to_the_score(browser, tool, said):
    answer = browser.get(f"/matches/why?about={tool.subject}")
    points, total = numbers_of(answer)
    assert sum(points) == pytest.approx(total, abs=0.3)
    assert 0 < total <= 100
    assert f"It has {total:g} of 100 points and stands in place 1 of 1: Innovations for you" in said(answer)


def test_it_says_what_fits_what_does_not_and_what_would_help(browser, tool, said):
    answer = browser.get(f"/matches/why?about={tool.subject}")
    page = said(answer)
    assert "What fits" in page
    assert "It is for what you do: Recover assets" in page
    assert "What is not known" in page
    assert "your profile does not say" in page
    assert 'href="/account/profile#sectors-list"' in answer.text


def test_every_word_that_it_names_stands_in_both_texts(browser, nino, tool):
    page = main_of(browser.get(f"/matches/why?about={tool.subject}").text)
    need = next(item for item in page.iter("li") if "You look for" in words(item))
    named = [words(each).lower() for each in need.iter("bdi")]
    assert named
    texts = (
        tool.published_revision.source_text,
        "Tools for tracing stolen assets through company registers and bank statements. Financial investigator",
    )
    both = f"{texts[0].name} {texts[0].short_description} {texts[0].description} {texts[1]}".lower()
    assert all(word in both for word in named)


def test_what_does_not_fit_at_all_is_explained_too(browser, said):
    lessons = school()
    page = said(browser.get(f"/matches/why?about={lessons.subject}"))
    assert "Why not School of integrity?" in page
    assert "It is not suggested" in page
    assert "What it is for: you name Recover assets; it names Educate" in page


def test_what_was_set_aside_says_when_and_can_be_taken_back(browser, nino, tool, said):
    with transaction():
        dismiss(nino, tool.subject, reason="known")
    answer = browser.get(f"/matches/why?about={tool.subject}")
    assert "You set it aside on" in said(answer)
    assert browser.submit(answer, action=None, button=None).location == "/matches/dismissed"
    assert "in place 1" in said(browser.get(f"/matches/why?about={tool.subject}"))


@pytest.mark.parametrize(
    "about", ["", "innovation:unknown", "innovation:", "planet:earth", "organisation:none"]
)
def test_what_is_not_there_is_nothing(browser, about):
    assert browser.get(f"/matches/why?about={about}").status_code == 404


def test_what_is_hidden_reads_as_what_is_not_there(browser):
    hidden = tracing_tool(name="Hidden", readership=GEORGIAN_POLICE)
    answer = browser.get(f"/matches/why?about={hidden.subject}")
    assert answer.status_code == 404
    assert "Hidden" not in answer.text


def test_a_request_is_explained_to_its_poster_only(client, new_client, marta, matching, said):
    poster = make_member()
    request = network_request(poster)
    path = f"/matches/why?for={request.subject}&about=member:{marta.public_id}"
    assert new_client().become(make_member()).get(path).status_code == 404
    page = said(client.become(poster).get(path))
    assert "They can do what it names: Network analysis" in page
    assert request.title in page


def test_anything_can_be_found_by_name_and_asked_for(browser, tool, index, said):
    scientist(display_name="Marta Found")
    school(name="School of found things")
    index()
    assert "Name an innovation" in said(browser.get("/matches/find"))
    answer = browser.get("/matches/find?q=found")
    assert "Marta Found" in said(answer)
    assert "School of found things" in said(answer)
    assert "/matches/why?about=innovation:" in answer.text
    assert "Nothing that you may see is called so" in said(browser.get("/matches/find?q=zzzz"))


def test_a_search_for_a_request_keeps_to_it(client, marta, index):
    poster = make_member()
    request = network_request(poster)
    index()
    client.become(poster)
    answer = client.get(f"/matches/find?for={request.subject}&q={marta.display_name}")
    assert f"/matches/why?for={request.subject}&amp;about=member:{marta.public_id}" in answer.text
    assert f'name="for" value="{request.subject}"' in answer.text


def test_what_is_never_suggested_says_why_by_what_it_is(browser, nino, database, said):
    poster = make_member()
    closed, late = network_request(poster), network_request(poster)
    closed.status, late.status = RequestStatus.AGREED, RequestStatus.EXPIRED
    archived = tracing_tool()
    archived.status = InnovationStatus.ARCHIVED
    database.commit()
    for subject, told in (
        (closed.subject, "It takes no responses now."),
        (late.subject, "Its date is past, so it takes no responses."),
        (archived.subject, "It is archived, and what is archived is not suggested."),
        (f"member:{nino.public_id}", "That is you."),
    ):
        assert told in said(browser.get(f"/matches/why?about={subject}")), told


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ([9.26, 7.01, 12.02, 5.03, 8.01, 3.44], [9.3, 7.0, 12.0, 5.0, 8.0, 3.5]),
        ([0.05, 0.05], [0.1, 0.0]),
        ([12.0], [12.0]),
        ([], []),
    ],
)
def test_points_as_shown_add_up_to_the_score_as_shown(points, shown):
    assert tenths(points, sum(points)) == shown
    assert sum(shown) == pytest.approx(round(sum(points), 1))
