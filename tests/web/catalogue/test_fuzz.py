"""Seeded nonsense to every address, as everybody: an answer always, never a failure of ours."""

import random

import pytest

from hub.web.catalogue.parts import PARTS
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, draft, published, returned, submitted, taken

pytestmark = pytest.mark.db

REQUESTS = 300

VALUES = (
    "", " ", "x" * 3_000, "\x00", "a\x00b", "\ud7ff", "\ufffe", "\u202e", "💩" * 50, "-1", "0", "1", "9" * 400, "1e309",
    "NaN", "²", "٣", "true", "null", "[]", "{}", "'", '"', "' OR 1=1 --", "%00", "%s%n%(x)s", "{{7*7}}",
    "<svg onload=x>", "../../etc/passwd", "javascript:x", "https://", "http://[::1", "https://example.org/" + "é" * 300,
    "2026-13-45", "0000-00-00", "GE", "le:GE", "public", "AMBER", "RED", "detect", "uncac-15", "other", "mine",
    "theirs", "preview", "list", "more", "\r\nSet-Cookie: x=1", "\n" * 500,
)  # fmt: skip

FIELDS = (
    *(name for part in PARTS for name in part.form.names()), "version", "seen", "then", "reasons", "words", "q",
    "page", "sort", "function", "country", "kind", "next", "language", "email", "password", "choice-name",
    "choice-sources", "comment-name", "sources-0-url", "sources-0-retrieved_on", "sources-1-title", "sources-x-url",
    "sources-²-url", "sources", "csrf_token", "unsuitable-0-country", "unsuitable-0-reason", "organisations-0-name",
    "organisations-0-role", "prerequisites-0-area", "prerequisites-0-topic", "prerequisites-0-need",
    "source_language", "choice-prerequisites", "", "\x00", "__class__", "name[]", "name.x",
)  # fmt: skip


@pytest.fixture
def slugs(scene, index):
    revisions = [way(scene) for way in (draft, submitted, taken, returned, published)]
    revisions += [published(scene, readership=readers) for readers in (MEMBERS, GEORGIAN_POLICE)]
    index()
    return [revision.innovation.slug for revision in revisions] + [
        "never-was",
        "%00",
        "%FF",
        "a" * 2_000,
        "..",
        "%2e%2e",
    ]


def addresses(app, slugs, rng):
    """Return every address of the map, with a slug and a part in place of its arguments."""
    rules = {
        rule.rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(("static", "trial"))
    }
    rules -= {"/readyz", "/sign-out"}  # 503 where no worker runs; the rest would be asked by a visitor
    filled = rng.choice(sorted(rules)).replace("<slug>", rng.choice(slugs))
    filled = filled.replace("<language>", rng.choice(["ka", "en-GB", "x", "%00"]))
    return filled.replace("<key>", rng.choice([*(part.key for part in PARTS), "x", "%00"]))


@pytest.mark.parametrize("person", ["visitor", "partner", "coordinator"])
def test_nonsense_gets_an_answer(app, scene, client, slugs, person):
    if person != "visitor":
        client.become(getattr(scene, person))
    client.nags = False
    rng = random.Random(person)
    for _ in range(REQUESTS):
        address = addresses(app, slugs, rng)
        fields = {rng.choice(FIELDS): rng.choice(VALUES) for _ in range(rng.randint(0, 8))}
        is_get = rng.random() < 0.3
        answer = client.get(address, query_string=fields) if is_get else client.act(address, fields)
        assert answer.status_code < 500, (address, fields)
