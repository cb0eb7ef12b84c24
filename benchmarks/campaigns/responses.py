"""Sends many responses to one request in the same moment, then has two colleagues accept one at the same moment."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select

from benchmarks.campaigns.records import EVERYBODY, prepare, sign_in
from benchmarks.campaigns.serving import Browser, served
from hub.access.audience import Tlp
from hub.access.viewer import VISITOR
from hub.audit.models import AuditEntry
from hub.collaboration.models import (
    CollaborationRequest,
    Fit,
    RequestStatus,
    Requirement,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
)
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import make_engine, session, session_scope, transaction
from hub.members.models import Member
from hub.members.service import create_member
from hub.organisations.models import MembershipRole, Organisation
from hub.organisations.service import add_membership

DONE, CONFLICT = 303, 409
COLLEAGUES = 2

Sent = tuple[Browser, str, dict[str, str]]
"""Who sends what to which address."""


def run(folder: Path, rounds: int, responses: int) -> dict[str, object]:
    """Race `rounds` times with so many parallel `responses`, and two acceptances of one; return what was found."""
    settings = Settings(instance=folder / "instance")
    engine = make_engine(settings.database_address)
    prepare(settings, engine, 1)
    with session_scope(engine), transaction():
        office = session().scalars(select(Organisation)).one()
        colleagues, responders = _people(COLLEAGUES), _people(responses)
        for each in colleagues:
            add_membership(office, each, MembershipRole.REPRESENTATIVE)
        tokens = [sign_in(each) for each in (*colleagues, *responders)]
        numbers = [each.id for each in (*colleagues, *responders)]
        office_id = office.id
    wrong: Counter[str] = Counter()
    with served(settings.instance) as hub, ThreadPoolExecutor(responses) as pool:
        browsers = list(pool.map(lambda token: Browser(hub.port, token), tokens))
        forms = list(pool.map(Browser.form_token, browsers))
        for number in range(1, rounds + 1):
            request, drafts = _drafts(engine, office_id, numbers)
            sent = [
                (
                    browser,
                    f"/collaboration/{request}/responses/{draft}/submit",
                    {"csrf_token": form, "version": "1"},
                )
                for browser, form, draft in zip(
                    browsers[COLLEAGUES:], forms[COLLEAGUES:], drafts, strict=True
                )
            ]
            answers = _at_once(pool, sent)
            wrong["responses_lost"] += responses - _count(engine, request, ResponseStatus.SUBMITTED)
            wrong["responses_refused"] += responses - answers[DONE]
            fields = {"version": "1", "beside": "0"}
            accepted = _at_once(
                pool,
                [
                    (
                        browser,
                        f"/collaboration/{request}/responses/{drafts[0]}/accept",
                        {"csrf_token": form, **fields},
                    )
                    for browser, form in zip(browsers[:COLLEAGUES], forms[:COLLEAGUES], strict=True)
                ],
            )
            wrong["not_one_acceptance"] += int(accepted != Counter({DONE: 1, CONFLICT: 1}))
            wrong["not_one_accepted"] += abs(_count(engine, request, ResponseStatus.ACCEPTED) - 1)
            wrong["not_one_entry"] += abs(_entries(engine, "response:accept") - number)
            wrong["entries_lost"] += abs(_entries(engine, "response:submit") - number * responses)
        for browser in browsers:
            browser.close()
    engine.dispose()
    return {"rounds": rounds, "parallel": responses, **wrong, "passed": not wrong.total()}


def _people(count: int) -> list[Member]:
    taken = session().scalar(select(func.count()).select_from(Member)) or 0
    return [
        create_member(
            VISITOR,
            email=f"person{taken + number}@soak.example",
            password_hash=None,
            display_name="Fictional person",
            member_type="innovator",
        )
        for number in range(count)
    ]


def _drafts(engine: Engine, office_id: int, numbers: list[int]) -> tuple[str, list[str]]:
    """Store an open request and a finished draft of a response by each responder; return their public ids."""
    with session_scope(engine), transaction():
        moment = now()
        requirement = Requirement(position=0, is_essential=True, words="Works without the network")
        request = CollaborationRequest(
            posted_by_id=numbers[0],
            organisation_id=office_id,
            type="need_tool",
            language="en-GB",
            title="Wanted in a race",
            summary="Made by a campaign.",
            status=RequestStatus.OPEN,
            due_at=moment + timedelta(days=10),
            expires_at=moment + timedelta(days=40),
            opened_at=moment,
            case_checked_at=moment,
            requirement_versions=[
                RequirementsVersion(number=1, proposed_by_id=numbers[0], requirements=[requirement])
            ],
        )
        request.set_readership(EVERYBODY)
        session().add(request)
        session().flush()
        drafts = [
            Response(
                request_id=request.id,
                responder_id=number,
                language="en-GB",
                offer="A tool.",
                tlp=Tlp.CLEAR,
                answers=[ResponseAnswer(requirement_id=requirement.id, fit=Fit.MET, evidence="Tested.")],
            )
            for number in numbers[COLLEAGUES:]
        ]
        session().add_all(drafts)
        session().flush()
        return request.public_id, [each.public_id for each in drafts]


def _at_once(pool: ThreadPoolExecutor, sent: list[Sent]) -> Counter[int]:
    """Send everything in the same moment; return how often each status came back."""
    gate = threading.Barrier(len(sent))

    def send(one: Sent) -> int:
        browser, path, fields = one
        gate.wait()
        return browser.post(path, fields)

    return Counter(pool.map(send, sent))


def _count(engine: Engine, request: str, status: ResponseStatus) -> int:
    with session_scope(engine):
        return (
            session().scalar(
                select(func.count(Response.id))
                .join(CollaborationRequest, CollaborationRequest.id == Response.request_id)
                .where(CollaborationRequest.public_id == request, Response.status == status)
            )
            or 0
        )


def _entries(engine: Engine, tag: str) -> int:
    with session_scope(engine):
        return session().scalar(select(func.count()).where(AuditEntry.tag == tag)) or 0
