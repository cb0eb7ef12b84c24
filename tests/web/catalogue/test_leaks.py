"""A law-enforcement record of Georgia leaves no trace for anybody outside: pages are the same as if it never was."""

import re
from urllib.parse import quote

import pytest
import time_machine

from hub.access.viewer import Role
from hub.catalogue.review.service import Opinion, publish_revision, request_changes, take_revision
from hub.catalogue.service import submit_revision
from hub.core.clock import now
from hub.core.database import transaction
from tests.catalogue.records import GEORGIAN_POLICE, draft, make_scene, published, revised, save
from tests.factories import make_member, make_organisation
from tests.web.catalogue.canary import CANARY, fill, fill_proofs, without_canary

TOKENS = re.compile(r'name="csrf_token" value="[^"]+"')
FACETS = ("function=educate", "offence=uncac-24", "country=TV", "country=GE", "kind=institution")

OUTSIDERS = {
    "visitor": None,
    "member": {},
    "police of another country": {"law_enforcement": "ID"},
    "focal point of the same country": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
    "integrity officer": {"roles": [Role.INTEGRITY_OFFICER]},
    "administrator": {"roles": [Role.ADMINISTRATOR]},
    "another organisation": {"represents": True},
}

FEW = ["visitor", "police of another country", "coordinator"]
"""Outsiders whose pages differ most."""


@pytest.fixture
def outsiders(database, new_client):
    """Browsers of people outside the audience, at a moment that stands still."""

    def open_browsers(names):
        browsers = {}
        for name in names:
            columns = dict(OUTSIDERS[name] or {})
            if columns.pop("represents", False):
                columns["represents"] = [make_organisation()]
            browser = new_client()
            if OUTSIDERS[name] is not None:
                browser.become(make_member(**columns))
            browser.nags = (
                False  # parsing takes longer than answering, and these pages are nagged at elsewhere
            )
            browser.get("/no-such-page")  # the first answer sets the cookie of the forms
            browsers[name] = browser
        return browsers

    with time_machine.travel(now(), tick=False):
        yield open_browsers


MISSPELT = f"{CANARY[:-1]}t"
"""What a correction would mend, if the word were one that somebody may see."""


def addresses(slug, shown):
    """Every address that could tell of a record, beside one that is shown to everybody."""
    yield from ("/", "/innovations", "/innovations/mine", "/innovations/new", "/coordinate", "/account")
    yield from ("/sign-in", "/healthz", "/readyz")
    yield from (f"/innovations?q={CANARY}", f"/innovations?q=ledger+{CANARY}", "/innovations?sort=newest")
    yield from (f"/innovations?{facet}" for facet in FACETS)
    yield from (f"/innovations?q=ledger&{facet}&sort=newest" for facet in FACETS)
    yield f"/innovations?page=2&q={CANARY}"
    yield from (f"/innovations/{slug}", f"/innovations/{slug}/edit", f"/innovations/{slug}/check")
    yield from ("/innovations?evidence=1", "/innovations?sort=evidence", "/innovations/export?format=csv")
    yield from ("/countries/GE", "/countries/TV", "/innovations/import")
    parts = ("evidence", "replications", "revisions", "revisions/1", "claim", "report-problem", "languages")
    yield from (f"/innovations/{slug}/{part}" for part in parts)
    yield from (f"/innovations/{slug}/{part}/new" for part in ("evidence", "replications", "annexes"))
    yield from (f"/innovations/{slug}/edit/name", f"/innovations/{slug}/edit/audience", f"/coordinate/{slug}")
    yield from found_by_searching()
    yield from (f"/innovations/{shown}", f"/innovations/{shown}?country=TV")  # with what is like it
    yield from (f"/innovations/compare?slug={shown}&slug={slug}", f"/innovations/compare?slug={slug}")
    yield from (f"/shortlists/add?slug={slug}", f"/shortlists/add?slug={shown}&slug={slug}")


def found_by_searching():
    """Every address that a search could give something away at."""
    words = (
        MISSPELT,
        f"{MISSPELT}~",
        f"{CANARY[:-3]}*",
        f"name:{CANARY}",
        f'"{CANARY} {CANARY}"',
        "country:tv",
    )
    yield from (f"/innovations?q={quote(each)}" for each in words)
    yield from (f"/innovations?q=ledger+OR+{CANARY}&why=1", f"/innovations?q=ledger+-{CANARY}")
    yield from (f"/innovations?works_in={country}" for country in ("GE", "TV"))
    yield from (f"/innovations?list={facet}" for facet in ("country", "function", "offence"))
    yield from (f"/search/suggest?q={each}" for each in (CANARY[:4], MISSPELT, "educ", "Tuva", "institu"))
    yield from (f"/search/suggest?q={CANARY[:4]}&in={each}" for each in ("members", "organisations"))
    yield from ("/feeds/innovations.atom", f"/feeds/innovations.atom?q={CANARY}")
    yield from (f"/feeds/innovations.atom?{facet}" for facet in FACETS)


def visit(browser, slug, shown):
    """Return what each page says, without the tokens that change and the id that was asked for."""
    seen = {}
    for address in addresses(slug, shown):
        for headers in ({}, {"HX-Request": "true"}) if address.startswith("/innovations?q=led") else ({},):
            answer = browser.get(address, headers=headers)
            told = TOKENS.sub("", answer.text).replace(slug, "SLUG")
            seen[address.replace(slug, "SLUG"), bool(headers)] = (answer.status_code, told)
    return seen


def hide(scene, way):
    """Store a record of Georgian police, filled with the canary, and take it as far as `way` says."""
    codes = {
        "functions": ("educate",),
        "offences": ("uncac-24",),
        "countries": ("TV",),
        "kind": "institution",
    }
    revision = draft(scene, readership=GEORGIAN_POLICE, **codes)
    fill(revision)
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    if way != "in_review":
        with transaction():
            request_changes(
                scene.coordinator, revision, Opinion(("other",), CANARY, {"name": CANARY, CANARY: CANARY})
            )
    if way == "published":
        with transaction():
            submit_revision(scene.partner, revision, version=revision.version)
        with transaction():
            take_revision(scene.coordinator, revision)
        with transaction():
            publish_revision(scene.coordinator, revision)
    return revision.innovation


@pytest.mark.db(engine_name=["whoosh"], names=[FEW], way=["published"])
@pytest.mark.parametrize(
    ("engine_name", "way", "names"),
    [
        ("whoosh", "published", FEW),
        ("whoosh", "published", [name for name in OUTSIDERS if name not in FEW]),
        ("tantivy", "published", FEW),
        ("whoosh", "in_review", FEW),
        ("whoosh", "changes_requested", ["visitor", "coordinator"]),
    ],
)
def test_pages_are_the_same_as_if_it_never_was(outsiders, index, search_with, engine_name, way, names):
    search_with(engine_name)
    scene = make_scene()
    shown = published(scene).innovation.slug
    published(scene, name="Register of gifts")
    index()
    browsers = outsiders(names)
    before = {name: visit(browser, "2" * 22, shown) for name, browser in browsers.items()}
    innovation = hide(scene, way)
    if way == "published":
        fill_proofs(innovation)
        assert without_canary() == []
    index()
    assert innovation.slug == innovation.public_id
    for name, browser in browsers.items():
        for page, told in visit(browser, innovation.slug, shown).items():
            assert told == before[name][page], (name, page)
            if CANARY not in page[0]:  # what somebody searched for stands in the search box
                assert CANARY not in told[1], (name, page)


@pytest.mark.db
def test_the_officer_finds_by_every_way_what_outsiders_do_not(client, database, index):
    innovation = hide(make_scene(), "published")
    index()
    client.become(make_member(law_enforcement="GE"))
    ways = ("/innovations", f"/innovations?q={CANARY}", *(f"/innovations?{facet}" for facet in FACETS))
    for address in ways:
        if address != "/innovations?country=GE":
            assert f"/innovations/{innovation.slug}" in client.get(address).text, address
    assert CANARY in client.get(f"/innovations/{innovation.slug}").text


@pytest.mark.parametrize("verb", ["submit", "withdraw", "revise"])
def test_an_action_answers_as_if_it_never_was(outsiders, verb):
    (browser,) = outsiders(["police of another country"]).values()
    slug = hide(make_scene(), "published").slug
    hidden, absent = (browser.act(f"/innovations/{each}/{verb}") for each in (slug, "2" * 22))
    assert (hidden.status_code, TOKENS.sub("", hidden.text)) == (404, TOKENS.sub("", absent.text))


@pytest.mark.db
def test_what_is_narrowed_is_gone_before_the_index_knows(client, database, index):
    scene = make_scene()
    innovation = published(scene, description=CANARY).innovation
    index()
    assert "1 innovation" in client.get(f"/innovations?q={CANARY}").text
    save(scene.partner, revised(scene, innovation), readership=GEORGIAN_POLICE)
    for address in ("/", "/innovations", "/innovations?kind=software", "/innovations?q=gifts"):
        page = client.get(address).text
        assert "Ledger of gifts" not in page
        assert "1 innovation" not in page
        assert "filter-country-GE" not in page
