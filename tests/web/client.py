"""A browser for tests that nags: every whole page it receives is checked, whatever the test is about."""

import json
import re
import secrets
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient

from hub.core.clock import now
from hub.core.database import session
from hub.members.models import SignInSession
from hub.members.queries import token_hash
from tests.web.markup import parse_strictly

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

DATA_BLOCK = "application/ld+json"

_sound = set()

HIDING = {
    "matches",
    "closest",
    "children",
    "contains",
    "querySelector",
    "getAttribute",
    "submit",
    "parentNode",
}
"""Names of fields that would hide from scripts what every form, or every element, has under this name."""

NAMELESS_INPUTS = {"hidden", "submit", "button", "image", "reset"}


MAIN = re.compile(r"(?<=<body>)(.*)(<main .*</main>)(.*)(?=</body>)", re.DOTALL)
"""What stands round the main part of a page, and the part itself."""

FRAME_WORDS = re.compile(
    r'(?P<name> (?:href|action|value|content|aria-label)="|>)\s*[^\s"#<{][^"<]*| aria-current="page"'
)
"""What differs between the frames of two pages although their structure is the same."""

ALONE = '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>Alone</title></head><body>{}</body></html>'


@lru_cache(maxsize=8)
def parse(text):
    """Parse strictly: unclosed, misplaced and doubled things are errors. Who asks again gets the same tree."""
    return parse_strictly(text)


def main_of(text):
    """Return the tree of the main part of a page."""
    found = MAIN.search(text)
    return parse(ALONE.format(found[2]) if found else text).find(".//main")


def fields_of(element):
    """Return the inputs, selects and textareas inside an element."""
    return [each for each in element.iter() if each.tag in {"input", "select", "textarea"}]


def words(element):
    """Return the text inside an element, white space made single."""
    return " ".join("".join(element.itertext()).split())


def faults(text):
    """Return what is wrong with a whole HTML page, as sentences."""
    # a page that differs from one seen before in its form tokens only need not be parsed again
    masked = TOKEN.sub('name="csrf_token" value="token"', text)
    if masked not in _sound:
        found = _faults(masked)
        if found:
            return found
        _sound.add(masked)
    return []


def _faults(text):
    """Return what is wrong with a page: its main part is parsed alone, and the frame round it once for all pages."""
    found = MAIN.search(text)
    if not found:
        return _faults_in(parse(text), frozenset())
    frame = (
        text[: found.start(2)] + '<main id="main" tabindex="-1"><h1>Title</h1></main>' + text[found.end(2) :]
    )
    wrong, ids = _frame_faults(FRAME_WORDS.sub(_same, frame))
    return [*wrong, *_faults_in(parse(ALONE.format(found[2])), ids)]


def _same(found):
    return f"{found['name']}x" if found["name"] else ""


@lru_cache(maxsize=512)
def _frame_faults(frame):
    page = parse(frame)
    return _faults_in(page, frozenset()), frozenset(_ids(page)) - {"main"}


def _faults_in(page, others):
    ids = [*others, *_ids(page)]
    return [
        *_outline_faults(page),
        *(f"id {each!r} stands {ids.count(each)} times" for each in sorted(set(ids)) if ids.count(each) > 1),
        *_label_faults(page, ids),
        *_form_faults(page),
        *_inline_faults(page),
        *_reference_faults(page, ids),
    ]


def _ids(page):
    return [each.get("id") for each in page.iter() if each.get("id") is not None]


def _outline_faults(page):
    if not page.get("lang") or page.get("dir") not in {"ltr", "rtl"}:
        yield "html has no lang or no dir"
    for tag in ("h1", "main"):
        if len(page.findall(f".//{tag}")) != 1:
            yield f"{len(page.findall(f'.//{tag}'))} {tag} instead of one"
    title = page.find(".//title")
    if title is None or not words(title):
        yield "no title"


def _label_faults(page, ids):
    labelled = {each.get("for") for each in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter()}
    for field in fields_of(page):
        if field.tag == "input" and field.get("type", "text") in NAMELESS_INPUTS:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or id(field) in inside
        if field.get("id") not in labelled and not named:
            yield f"{field.tag} {field.get('name')!r} has no label"
    for name in sorted(labelled - {None} - set(ids)):
        yield f"label for {name!r}, which is not there"


def _form_faults(page):
    for form in page.iter("form"):
        tokens = [each for each in form.iter("input") if each.get("name") == "csrf_token"]
        expected = 1 if form.get("method", "get").lower() == "post" else 0
        if len(tokens) != expected:
            yield f"form to {form.get('action')!r} has {len(tokens)} tokens instead of {expected}"
        for name in sorted(HIDING & {field.get("name") for field in fields_of(form)}):
            yield f"form to {form.get('action')!r} has a field that hides its own {name!r}"


def _inline_faults(page):
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        for name in element.attrib:
            if name == "style" or str(name).startswith("on"):
                yield f"inline {name} on {element.tag}"
        if element.tag == "script" and element.get("type") == DATA_BLOCK:
            json.loads(element.text)  # data, which no browser runs, so that the policy has nothing to refuse
        elif element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"


def _reference_faults(page, ids):
    for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for element in page.iter():
            for each in (element.get(name) or "").split():
                if each not in ids:
                    yield f"{name} names {each!r}, which is not there"
    for link in page.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#") and target[1:] not in {*ids, ""}:
            yield f"link to {target}, which is not there"


class NaggingClient(FlaskClient):
    """A client whose every HTML answer must be sound; `database` is the test's own session, kept in step."""

    database = None
    nags = True
    _token = None

    def open(self, *arguments, **options):
        """Send a request and check the answer."""
        self._keep_in_step()
        response = super().open(*arguments, **options)
        self._keep_in_step()
        is_page = response.mimetype == "text/html" and response.data.lstrip().lower().startswith(b"<!doctype")
        self._note_token(response, is_page=is_page)
        if self.nags and is_page and not 300 <= response.status_code < 400:
            found = faults(response.text)
            assert not found, f"{response.request.path}: " + "; ".join(found)
        return response

    def _keep_in_step(self):
        # The session of the test and that of the request share a connection, and savepoints nest.
        if self.database is not None:
            self.database.commit()

    def _note_token(self, response, *, is_page):
        # A token is valid as long as the cookie that it belongs to: with a new cookie comes a new token.
        if response.headers.get("Set-Cookie"):
            self._token = None
        if is_page and response.request.url.startswith("http://localhost/"):
            found = TOKEN.search(response.text)
            self._token = found and found.group(1)

    def set_cookie(self, *arguments, **options):
        """Set a cookie past every answer."""
        self._token = None
        super().set_cookie(*arguments, **options)

    def delete_cookie(self, *arguments, **options):
        """Forget a cookie past every answer."""
        self._token = None
        super().delete_cookie(*arguments, **options)

    def token(self):
        """Return a form token that is valid now: that of the page seen last, or of a new one; each frame holds one."""
        return self._token or TOKEN.search(self.get("/no-such-page").text).group(1)

    def act(self, path, data=None, **options):
        """POST with a valid token."""
        return self.post(path, data={**(data or {}), "csrf_token": self.token()}, **options)

    def submit(self, page, values=None, *, button=None, action=None):
        """Fill in the form of a page and send it, as a person would.

        Args:
            page: the page's path, or the answer that showed it.
            values: what to enter, by field name; a list for several choices.
            button: (name, value) of the button pressed, where it carries one.
            action: the form's address, where the page has several that take the values.
        """
        shown = self.get(page, follow_redirects=True) if isinstance(page, str) else page
        path, values = shown.request.path, values or {}
        for form in main_of(shown.text).iter("form"):
            names = {each.get("name") for each in fields_of(form)}
            target = urljoin(path, form.get("action") or path)
            if form.get("method", "get").lower() != "post" or not set(values) <= names:
                continue
            if action is not None and urlsplit(target).path != action:
                continue
            data = {**_defaults(form), **values}
            if button:
                data[button[0]] = button[1]
            return self.post(target, data=data)
        raise AssertionError(f"{path} has no form for {sorted(values)} to {action}")

    def become(self, member):
        """Sign `member` in without the page: quicker, for tests that are about something else."""
        token = secrets.token_urlsafe(32)
        session().add(
            SignInSession(
                token_hash=token_hash(token),
                member_id=member.id,
                created_at=now(),
                last_seen_at=now(),
                user_agent="test",
            )
        )
        session().commit()
        self.set_cookie("hub", token, domain="localhost")
        return self


def _defaults(form):
    data = {}
    for field in fields_of(form):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            data[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [each.get("value") for each in field.iter("option") if each.get("selected") is not None]
            if chosen or field.get("multiple") is None:
                first = next(iter(field.iter("option")), None)
                data[name] = chosen or ([first.get("value")] if first is not None else [])
        elif kind in {"checkbox", "radio"}:
            if field.get("checked") is not None:
                data.setdefault(name, []).append(field.get("value", "on"))
        elif kind not in {"submit", "button", "image", "reset", "file"}:
            data.setdefault(name, field.get("value", ""))
    return data


def sign_in(client, email, password):
    """Sign in through the page, as a person does."""
    return client.submit("/sign-in", {"email": email, "password": password})
