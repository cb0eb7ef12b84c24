"""Information about a real case, typed where the hub asks for texts and refused: afterwards it is nowhere in it."""

import base64
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from email import message_from_bytes
from http.cookiejar import CookieJar

import pytest
from wtforms import TextAreaField

import hub.web.collaboration as pages
from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import RequestStatus, ResponseStatus
from hub.core.database import session_scope, transaction
from hub.web.collaboration.draft_forms import PartForm
from hub.web.collaboration.parts import PARTS
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import HubForm
from tests.browser.serving import free_port, running
from tests.collaboration.levels.waiting import asked, disputed, planned, recorded
from tests.collaboration.requests import REQUIREMENTS, drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import PASSWORD, make_member
from tests.journeys.live import live_hub
from tests.web.client import TOKEN

CANARY = "zebrafinchmanor"
TOLD = f"{CANARY} was paid to account 40817810099910004312, case no. 77-2026-118"
"""A name that nobody else knows, beside what looks like an account and a case."""

KEPT = "okapimeadow"
"""What is typed and kept, which shows that the search through the instance finds what is there."""

ASKED = "Is this from a real case?"
WELCOME = "Nothing was kept"

PATIENCE = 20


class Browser:
    """Somebody who is signed in to a hub that is served."""

    def __init__(self, url, email):
        self.url, self.jar = url, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        _, page = self.sends("/sign-in", email=email, password=PASSWORD)
        assert "Sign out" in page

    def opens(self, path, data=None, kind="application/x-www-form-urlencoded"):
        """Return status and text of a page."""
        asked_for = urllib.request.Request(self.url + path, data, {"Content-Type": kind} if data else {})
        try:
            with self._opener.open(asked_for) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sends(self, path, **typed):
        """Send a form."""
        return self.opens(path, urllib.parse.urlencode({"csrf_token": self.token(), **typed}, True).encode())

    def attaches(self, path, name, content, **typed):
        """Send a form with a file."""
        parts = [
            *(
                f'name="{each}"\r\n\r\n{value}'
                for each, value in {"csrf_token": self.token(), **typed}.items()
            ),
            f'name="files"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n{content}',
        ]
        body = (
            "".join(f"--limit\r\nContent-Disposition: form-data; {each}\r\n" for each in parts)
            + "--limit--\r\n"
        )
        return self.opens(path, body.encode(), "multipart/form-data; boundary=limit")

    def token(self):
        """Return a token of a page that tells nothing."""
        return TOKEN.search(self.opens("/no-such-page")[1]).group(1)


class Stage:
    """Requests at each point of their way where somebody types a text, between a poster and a responder."""

    def __init__(self):
        poster, responder = (make_member(f"{name}@demo.example") for name in ("poster", "responder"))
        self.draft = drafted_request(poster)
        self.open = opened_request(poster)
        self.question = asked(self.open, responder)
        self.response = responded(self.open, responder)
        self.fresh = opened_request(poster)
        self.by_name = opened_request(poster, receivers=[responder])
        self.active = opened_request(poster, status=RequestStatus.ACTIVE)
        self.partner = responded(self.active, responder, status=ResponseStatus.ACCEPTED)
        self.step = planned(self.partner)
        with transaction():
            send_message(poster, self.partner, words="When do we begin?")
        self.done = opened_request(poster, status=RequestStatus.COMPLETED)
        self.signing = responded(self.done, responder, status=ResponseStatus.ACCEPTED)
        self.outcome = recorded(self.signing)
        self.other = opened_request(poster, status=RequestStatus.COMPLETED)
        self.arguing = responded(self.other, responder, status=ResponseStatus.ACCEPTED)
        self.dispute = disputed(self.arguing)

    def pages(self):
        """Yield for every form that takes texts: its class, who types, where, and what."""
        draft, wanted = (
            f"/collaboration/{self.draft.public_id}/draft",
            f"/collaboration/{self.open.public_id}",
        )
        response = f"{wanted}/responses/{self.response.public_id}"
        partner = f"/collaboration/{self.active.public_id}/responses/{self.partner.public_id}"
        signing = f"/collaboration/{self.done.public_id}/responses/{self.signing.public_id}"
        arguing = f"/collaboration/{self.other.public_id}/responses/{self.arguing.public_id}"
        question = f"{wanted}/questions/{self.question.public_id}"
        step = {"words": TOLD, "owner": "requester", "due_on": "2030-01-31"}
        outcome = {"kind": "piloted", "words": TOLD}
        offer = {"offer": TOLD, "conditions": TOLD, "tlp": "CLEAR", "version": "1", "organisation_id": ""}
        yield (
            "BeginForm",
            "poster",
            "/collaboration/new",
            {"real_case": "no", "type": "expertise"}
            | {
                "title": TOLD,
                "language": "en",
            },
        )
        typed = {"title": TOLD, "summary": TOLD, "background": TOLD, "outcome_wanted": TOLD}
        yield "WhatForm", "poster", f"{draft}/what", typed | {"type": "expertise", "language": "en"}
        rows = {"essential-0-words": TOLD, "nice_to_have-0-words": TOLD}
        yield "RequirementsForm", "poster", f"{draft}/requirements", rows
        yield "BringsForm", "poster", f"{draft}/brings", {"brings": TOLD}
        yield "QuestionForm", "responder", f"{wanted}/ask", {"words": TOLD}
        yield "AnswerForm", "poster", f"{question}/answer", {"answer": TOLD}
        yield "AsideForm", "poster", f"{question}/set-aside", {"answer": TOLD}
        yield "WithdrawForm", "poster", f"{wanted}/withdraw", {"words": TOLD}
        versions = {"essential-0": TOLD, "nice_to_have-0": TOLD, "why": TOLD, "based_on": "1"}
        yield "RequirementsForm", "poster", f"{wanted}/requirements", versions
        yield "OfferForm", "responder", f"/collaboration/{self.fresh.public_id}/respond", offer
        yield "OfferForm", "responder", f"{response}/offer", offer
        answers = {f"answers-{place}-evidence": TOLD for place in range(len(REQUIREMENTS))}
        answers |= {f"answers-{place}-fit": "met" for place in range(len(REQUIREMENTS))}
        answers |= {"requirements": "1", "version": "1"}
        yield "AnswersForm", "responder", f"{response}/answers", answers
        yield "DeclineForm", "poster", f"{response}/decline", {"reason": "other", "words": TOLD}
        refusal = {"reason": "other", "words": TOLD}
        yield "RefuseForm", "responder", f"/collaboration/{self.by_name.public_id}/refuse", refusal
        yield "StepForm", "poster", f"{partner}/partnership/steps", step
        changed = f"{partner}/partnership/steps/{self.step.public_id}"
        yield "StepForm", "poster", changed, step | {"version": "1"}
        yield "CancelForm", "poster", f"/collaboration/{self.active.public_id}/cancel", {"words": TOLD}
        yield "OutcomeForm", "poster", f"{partner}/outcome", outcome
        disputing = f"{signing}/outcomes/{self.outcome.public_id}/dispute"
        yield "DisputeForm", "responder", disputing, {"words": TOLD, "version": "1"}
        revising = f"{arguing}/outcomes/{self.dispute.public_id}/revise"
        yield "OutcomeForm", "poster", revising, outcome | {"version": "1"}
        yield "MessageForm", "poster", f"{response}/conversation/message", {"words": TOLD}
        yield "CallForm", "poster", f"{partner}/conversation/call", {"words": TOLD}


@pytest.fixture
def stage(tmp_path):
    """A hub with requests at every point of their way; yields where its database is, and the requests."""
    with live_hub(tmp_path) as live:
        with session_scope(live.engine) as opened:
            made = Stage()
            for each in vars(made).values():
                opened.refresh(each)
            opened.expunge_all()
        live.engine.dispose()
        yield live, made


def test_what_was_typed_of_a_real_case_is_nowhere_afterwards(stage, tmp_path):
    live, made = stage
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"HUB_DATABASE_URL": live.settings.database_url, "HUB_DEMO": "true", "HUB_BASE_URL": url}
    with running(["serve", "--with-worker"], port, live.settings.instance, **settings):
        people = {name: Browser(url, f"{name}@demo.example") for name in ("poster", "responder")}
        poster = people["poster"]

        told = {"type": "expertise", "title": TOLD, "language": "en", "summary": TOLD}
        status, page = poster.sends("/collaboration/new", real_case="yes", **told)
        assert (status, WELCOME in page, CANARY in page) == (200, True, False)
        for form, who, path, typed in made.pages():
            status, page = people[who].sends(path, **typed)
            assert (status, ASKED in page) == (422, True), (form, path)
            assert CANARY in page, f"{path} lost what was typed"
        response = f"/collaboration/{made.open.public_id}/responses/{made.response.public_id}"
        talk = f"{response}/conversation/message"
        status, _ = poster.attaches(talk, f"{CANARY}.txt", f"{TOLD}\r\n", words=TOLD)
        assert status == 422

        # the same roads, with something to keep: it goes through database, index, mail and uploads
        typed = {"real_case": "no", "type": "expertise", "title": f"Advice {KEPT}", "language": "en"}
        assert poster.sends("/collaboration/new", **typed)[0] == 200
        assert poster.attaches(talk, f"{KEPT}.txt", f"{KEPT}\r\n", words=f"About {KEPT}")[0] == 200
        assert KEPT in poster.opens(f"{response}/conversation")[1]
        wait_for(lambda: any(KEPT in each for each in kept_in(live.settings.instance / "outbox")))
        for person in people.values():
            status, page = person.opens(f"/collaboration?q={CANARY}")
            assert (status, "No request matches" in page) == (200, True)
            assert not any(CANARY in each for cookie in person.jar for each in spelt_out(cookie.value))
        found = {KEPT: places_of(KEPT, tmp_path), CANARY: places_of(CANARY, tmp_path)}
    assert found[CANARY] == set()
    assert {"hub.sqlite-wal", "outbox", "uploads"} <= found[KEPT] or {
        "hub.sqlite",
        "outbox",
        "uploads",
    } <= found[KEPT]
    assert list(tmp_path.glob("serve-*.log"))
    assert places_of(CANARY, tmp_path) == set()  # nor once everything was written down and closed


def test_every_form_that_takes_texts_is_asked(stage):
    _live, made = stage
    names = {form for form, *_ in made.pages()}
    traced = {each for each in all_forms(TracesForm) if each.traced}
    elsewhere = {each.__name__ for each in traced if not each.__module__.startswith(pages.__name__)}
    assert names == {each.__name__ for each in traced} - elsewhere
    # pages of showcases have own tests: test_talking, and test_proposing_pages of entries
    assert elsewhere == {"TalkForm", "EntryForm", "ProposeForm"}
    # what is proposed for the record of an innovation is looked through there, by its reviewers
    assert {each.__name__ for each in forms_with_texts() if not issubclass(each, TracesForm)} == {
        "ProposalForm"
    }
    assert {part.form for part in PARTS} >= {each for each in all_forms(PartForm) if each.traced}


def all_forms(kind):
    """Yield every form that is made of a kind of form."""
    for each in kind.__subclasses__():
        yield each
        yield from all_forms(each)


def forms_with_texts():
    """Yield the forms of these pages that have room for more than a line."""
    for each in all_forms(HubForm):
        fields = (getattr(each, name) for name in dir(each))
        is_here = each.__module__.startswith(pages.__name__)
        if is_here and any(getattr(field, "field_class", None) is TextAreaField for field in fields):
            yield each


def wait_for(is_so):
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.2)


# --- looking through files

DEFLATED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
"""How gzip and zlib streams begin."""


def places_of(word, folder):
    """Return the names of files or of folders right in the instance in which a word stands, however it is packed."""
    found = set()
    for path in folder.rglob("*"):
        if word in path.name or (path.is_file() and holds(word, path)):
            parts = path.relative_to(folder).parts
            found.add(parts[1] if len(parts) > 1 and parts[0] == "instance" else parts[0])
    return found


def holds(word, path):
    """Whether a word stands in a file: as it is, in other encodings, compressed, in an archive or in a mail."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    pieces = [content, *inflated(content)]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            pieces += [archive.read(name) for name in archive.namelist()]
    if path.suffix == ".eml":
        pieces += [part.get_payload(decode=True) or b"" for part in message_from_bytes(content).walk()]
    return any(spelling in piece.lower() for piece in pieces for spelling in spellings(word))


def spellings(word):
    """Return the bytes in which a word can stand in a file, in lower case."""
    plain = word.encode()
    shifted = (base64.b64encode(b" " * place + plain)[4:-4].lower() for place in range(3))
    return {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(), *shifted}


def inflated(content):
    """Yield what the compressed streams in some content hold."""
    for found in DEFLATED.finditer(content):
        stream = zlib.decompressobj(wbits=47)  # gzip or zlib, as the stream itself says
        try:
            yield stream.decompress(content[found.start() :], 2**22)
        except zlib.error:
            continue


def kept_in(folder):
    """Yield the words of the mails in a folder."""
    for path in folder.glob("*.eml"):
        for part in message_from_bytes(path.read_bytes()).walk():
            yield (part.get_payload(decode=True) or b"").decode(errors="replace")


def spelt_out(cookie):
    """Yield a cookie's value as it is, and what its parts hold when they are unpacked."""
    yield cookie
    for part in cookie.strip('"').lstrip(".").split("."):
        raw = (
            base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) if re.fullmatch(r"[\w-]*", part) else b""
        )
        yield raw.decode(errors="replace")
        yield from (each.decode(errors="replace") for each in inflated(raw))
