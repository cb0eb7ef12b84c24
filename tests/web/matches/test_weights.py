"""What counts: a change is seen before it is kept, changes the order once it is, and is nobody else's."""

from hub.integrity.viewers import viewer_of
from hub.matching.parts import Emphasis, Part
from hub.matching.weights import weights_of
from tests.catalogue.records import make_scene
from tests.matching.scenes import tracing_tool
from tests.web.matches.reading import cards_on

PATH = "/matches/weights"


def two_tools():
    """Store one record that is about the words of the need, and one that shares a function only."""
    scene = make_scene("EE")
    tracing_tool(scene, name="By its words", functions=("educate",))
    tracing_tool(
        scene,
        name="By its function",
        short_description="Sells seized cars.",
        description="Auctions of seized cars.",
    )


def test_each_part_says_what_it_usually_counts(browser, said):
    page = said(browser.get(PATH))
    assert "Usually, of 100 points: 25 for innovations, 15 for requests, 30 for people." in page
    assert "All as usual" not in page


def test_a_change_is_kept_and_changes_the_order(browser, nino, said):
    two_tools()
    assert [*cards_on(browser.get("/matches/innovations"))] == ["By its words", "By its function"]
    answer = browser.submit(PATH, {"words": "0", "need": "0", "functions": "3"})
    assert answer.location == "/matches"
    assert weights_of(viewer_of(nino))[Part.FUNCTIONS] is Emphasis.MORE
    assert next(iter(cards_on(browser.get("/matches/innovations")))) == "By its function"
    assert "All as usual" in said(browser.get(PATH))
    for path in ("/matches", "/matches/innovations"):
        assert "The order is yours: you changed what counts." in said(browser.get(path))


def test_what_would_change_is_shown_and_not_kept(browser, nino, said):
    two_tools()
    answer = browser.submit(PATH, {"words": "0", "need": "0", "functions": "3"}, button=("preview", "1"))
    page = said(answer)
    assert answer.status_code == 200
    assert "Nothing is saved yet" in page
    assert "By its function up from 2" in page
    assert " of 100, now " in page
    assert 'value="3" checked' in " ".join(answer.text.split())
    assert set(weights_of(viewer_of(nino)).values()) == {Emphasis.USUAL}


def test_all_as_usual_forgets_every_choice(browser, nino):
    browser.submit(PATH, {"country": "0"})
    assert browser.submit(PATH, {"language": "0"}, button=("usual", "1")).location == "/matches"
    assert set(weights_of(viewer_of(nino)).values()) == {Emphasis.USUAL}


def test_what_is_no_choice_comes_back_with_the_others_kept(browser, nino, said):
    answer = browser.submit(PATH, {"country": "9", "language": "3"})
    assert answer.status_code == 422
    assert "Choose how much it counts." in said(answer)
    assert 'name="language" type="radio" value="3" checked' in " ".join(answer.text.split())
    assert set(weights_of(viewer_of(nino)).values()) == {Emphasis.USUAL}


def test_leaving_everything_out_is_refused(browser, said):
    parts = (
        "words",
        "need",
        "skills",
        "functions",
        "offences",
        "sectors",
        "for_whom",
        "open_to",
        "country",
        "language",
        "maturity",
        "standards",
    )
    answer = browser.submit(PATH, dict.fromkeys(parts, "0"))
    assert answer.status_code == 422
    assert "Leave at least one part in" in said(answer)


def test_a_part_that_is_left_out_is_said_to_be(browser, tool, said):
    browser.submit(PATH, {"country": "0"})
    page = said(browser.get(f"/matches/why?about={tool.subject}"))
    assert "What you leave out" in page
    assert "Left out by you" in page
