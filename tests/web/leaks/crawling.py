"""Walks the hub as somebody would who wants to find what is hidden: every link, every route, every verb."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urljoin, urlsplit

from tests.undoing import undone
from tests.web.leaks.words import COLUMNS, MARK

LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
TOKENS = re.compile(r'name="(?:csrf_token|sealed)" value="[^"]+"|hub-form=[^;\s]+')
"""What is random or sealed, in which a word can stand by chance only."""

SAME_PATH = 3
"""How many pages that differ only in their query are read."""

COUNTRY = re.compile(r"/countries/(?P<code>[A-Z]{2})")

COUNTRIES = {"GE", "TV", "ID", "KE", "PT", "ES", "GB", "AQ"}
"""Those of which the planted things tell, and one without people; of all others the pages are made of nothing."""

ACTIONS = {
    "/propose/": ("take-down", "feature"),
    "<kind>": ("accept", "approve", "decline"),
    "/abuse/": ("uphold", "dismiss"),
    "/terms/": ("keep", "remove"),
    "": ("approve", "decline", "suspend", "revoke"),
}

KINDS = {
    "evidence": "evidence",
    "replications": "replications",
    "claims": "record_claims",
    "problems": "problem_reports",
    "proposals": "innovation_proposals",
}

TABLES = (
    ("/annexes/", "annexes"),
    ("/evidence/", "evidence"),
    ("/replications/", "replications"),
    ("/innovations/offers/", "ownership_offers"),
    ("/innovations/import/", "import_runs"),
    ("/innovations/proposals/", "innovation_proposals"),
    ("/coordinate/batches/", "approval_batches"),
    ("/organisations/<slug>/people/", "members"),
    ("/account/messages/", "contact_messages"),
    ("/account/notifications/", "notifications"),
    ("/account/following/", "follows"),
    ("/account/searches/", "follows"),
    ("/shortlists/", "shortlists"),
    ("/account/privacy/exports/", "data_exports"),
    ("/coordinate/requests/", "collaboration_requests"),
    ("/coordinate/requirements/", "requirements_versions"),
    ("/coordinate/calls/", "coordinator_calls"),
    ("/coordinate/abuse/", "abuse_reports"),
    ("/coordinate/terms/", "term_additions"),
    ("/coordinate/merges/", "organisation_merges"),
    ("/coordinate/organisations/", "organisation_verifications"),
    ("/integrity/erasures/", "log_erasures"),
    ("/members/", "members"),
    ("/introductions/ask/", "members"),
    ("/introductions/", "introductions"),
    ("/matches/dismissed/", "match_dismissals"),
    ("/coordinate/law-enforcement/", "law_enforcement_statuses"),
    ("/coordinate/factor-resets/", "factor_resets"),
    ("/account/law-enforcement/", "law_enforcement_statuses"),
    ("/roles/proposals/", "role_proposals"),
    ("/account/roles/offers/", "role_proposals"),
    ("/roles/", "role_grants"),
    ("/interests/", "declared_interests"),
    ("/invitations/", "invitations"),
    ("/sessions/", "sign_in_sessions"),
    ("/passkeys/", "passkeys"),
)
"""Whose random ids stand in which addresses; the first that fits counts."""


PLACE = re.compile(r"<[a-z_]+>")

PARTS = {"/collaboration/<": "what", "/coordinate/showcases": "about", "/showcases": "", "/calendar/<": ""}
"""Addresses that name things as `hide_requests` and `hide_showcases` do, each with a part of a draft."""

PROMISES = ("/commitments/", "/coordinate/commitments/")
IN_PROMISES = {"<code>": "<promise>", "<public_id>": "<piece>", "<maker>": "irm", "<int:number>": "1"}
"""How addresses of commitments name things, and what `hide_promises` calls that."""


def addresses(route, ids, slugs, places):
    """Yield the addresses of one route with the ids of hidden things in it.

    Args:
        route: as the URL map writes it.
        ids: random ids by table.
        slugs: what stands at `<slug>`.
        places: what stands in addresses of requests, showcases and commitments, by place.
    """
    named = _named(route)
    if named:
        yield from _fitting(named, places)
        return
    if "<path:" in route or "<name>" in route:
        return
    fixed = {"<key>": "name", "<int:number>": "1", "<language>": "en-GB", "<code>": "GE", "<format>": "csv"}
    for place, said in fixed.items():
        route = route.replace(place, said)
    paths = [route]
    if "<kind>" in route:
        paths = [
            route.replace("<kind>", kind).replace("<public_id>", number)
            for kind, table in KINDS.items()
            for number in ids.get(table, ())
        ]
    elif "<public_id>" in route:
        table = next(table for part, table in TABLES if part in route)
        paths = [route.replace("<public_id>", number) for number in ids.get(table, ())]
    paths = [path.replace("<slug>", slug) for path in paths for slug in (slugs if "<slug>" in path else [""])]
    for part, table in (("<entry_id>", "shortlist_entries"), ("<share_id>", "shortlist_shares")):
        if part in route:
            paths = [path.replace(part, number) for path in paths for number in ids.get(table, ())]
    if "<action>" in route:
        actions = next(words for part, words in ACTIONS.items() if part in route)
        paths = [path.replace("<action>", action) for path in paths for action in actions]
    yield from paths


def _named(route):
    """Return a route in which places have the names that those who hide things give them; empty for any other."""
    if route.startswith(PROMISES):
        for place, said in IN_PROMISES.items():
            route = route.replace(place, said)
        return route
    key = next((word for part, word in PARTS.items() if route.startswith(part)), None)
    return "" if key is None else route.replace("<key>", key)


def _fitting(route, places):
    """Return the addresses of one thing and of what belongs to it, each with its own ids."""
    wanted = set(PLACE.findall(route))
    fitting = [each for each in places if wanted <= set(each)]
    return sorted({PLACE.sub(lambda place, each=each: each[place[0]], route) for each in fitting})


def _tells_nothing(path):
    country = COUNTRY.fullmatch(path)
    return path.startswith("/static/") or (country and country["code"] not in COUNTRIES)


class Crawler:
    """Reads everything that one browser can reach and notes where a word or an id of something hidden stands.

    Args:
        browser: signed in or not.
        database: the session of the test.
        hidden: the random ids of hidden things, each with its column.
    """

    def __init__(self, browser, database, hidden):
        self._browser, self._database, self._hidden = browser, database, hidden
        self.found = {}
        self.answers = Counter()
        self._queue, self._met, self._read = ["/"], set(), Counter()

    def walk(self, asked):
        """Follow every link, from the home page on and from the addresses `asked`, which no page need name."""
        self._queue += asked
        while self._queue:
            address = self._queue.pop(0)
            path = urlsplit(address).path
            if address in self._met or self._read[path] >= SAME_PATH or _tells_nothing(path):
                continue
            self._met.add(address)
            self._read[path] += 1
            answer = self._browser.get(address)
            self._note("GET", address, answer)
            if answer.mimetype == "text/html":
                links = (unescape(each) for each in LINK.findall(answer.text))
                self._queue += [self._own(urljoin(address, each)) for each in links if self._own(each)]
            if answer.location:
                self._queue.append(self._own(urljoin(address, answer.location)))

    def send(self, asked, **form):
        """POST to addresses with the token of a form, and undo what that did."""
        token = self._browser.token()
        for address in asked:
            with undone(self._database):
                answer = self._browser.post(address, data={"csrf_token": token, **form})
                self._note("POST", address, answer)
            if answer.location:
                self._note("GET", address, self._browser.get("/no-such-page"))  # with the message of success

    def try_verbs(self, asked):
        """Send what no route takes, to every tenth address."""
        for address in asked[::10]:
            self._note("DELETE", address, self._browser.delete(address))

    @staticmethod
    def _own(address):
        parts = urlsplit(address)
        if parts.scheme not in {"", "http"} or parts.netloc not in {"", "localhost"}:
            return ""
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _note(self, verb, address, answer):
        self.answers[answer.status_code] += 1
        told = TOKENS.sub("", answer.get_data(as_text=True)) + str(answer.headers)
        path = urlsplit(address).path
        for each in COLUMNS.keys() & set(MARK.findall(told.lower())):
            self.found.setdefault(each, set()).add(f"{verb} {path}")
        # what somebody asked for by its id stands in the answer's own address, and tells nothing
        for each in self._hidden:
            if each in told and each not in address:
                self.found.setdefault(each, set()).add(f"{verb} {path}")
