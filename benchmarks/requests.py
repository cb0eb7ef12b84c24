"""Fills a hub's database with requests, responses and conversations, the same on every machine."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.generator import SEED, vocabulary
from hub.access.audience import Audience, Tlp
from hub.access.viewer import VISITOR, Role
from hub.collaboration.models import (
    CollaborationRequest,
    Conversation,
    ConversationMessage,
    Fit,
    Participation,
    RequestLabel,
    RequestStatus,
    RequestTerm,
    Requirement,
    RequirementsVersion,
    Response,
    ResponseAnswer,
    ResponseStatus,
    Side,
)
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import Member, MemberStatus, SignInSession
from hub.members.queries import token_hash
from hub.members.service import create_member, grant_role
from hub.members.totp import new_secret, store_totp
from hub.vocabularies.loader import vocabulary as listed

RESPONSES_EACH = 10
MESSAGES_EACH = 50
"""Messages of one conversation; the first one is four times as long."""

POSTERS, RESPONDERS = 500, 2_000
REQUIREMENTS = 4
BATCH = 5_000

STATUSES = (
    *[RequestStatus.OPEN] * 60,
    *[RequestStatus.IN_DISCUSSION] * 15,
    *[RequestStatus.ACTIVE] * 10,
    *[RequestStatus.COMPLETED] * 10,
    *[RequestStatus.EXPIRED] * 5,
)
"""Of a hundred requests, how many stand where."""

COUNTRIES = ("GE", "ID", "ES", "FR", "GB", "NO", "CH", "UA", "KE", "BR")
SCHEMES = {"functions": 2, "offences": 1, "sectors": 2, "countries": 2, "languages": 1}


@dataclass(frozen=True)
class Filled:
    """What a benchmark asks for.

    Args:
        poster: a token with which who posted the first request is signed in.
        responder: the same of who responded to it first.
        coordinator: the same of a coordinator.
        request: public id of the first request.
        response: public id of its first response, which has the longest conversation.
    """

    poster: str
    responder: str
    coordinator: str
    request: str
    response: str


def fill_requests(count: int) -> Filled:
    """Store public requests with ten responses each, and four conversations of fifty messages for five of them.

    Args:
        count: how many requests.
    """
    rng, words = random.Random(SEED), vocabulary(random.Random(SEED))
    moment = now()
    rows: dict[type[Any], list[dict[str, Any]]] = {Member: list(_people(moment))}
    for number in range(1, count + 1):
        _request(rows, rng, words, number, moment)
    _conversations(rows, words, count * 4 // 5, moment)
    for table, some in rows.items():
        for first in range(0, len(some), BATCH):
            session().execute(insert(table), some[first : first + BATCH])
    coordinator = _coordinator()
    return Filled(
        _signed_in(1),
        _signed_in(POSTERS + 1),
        _signed_in(coordinator),
        _public_id("q", 1),
        _public_id("r", 1),
    )


def _public_id(kind: str, number: int) -> str:
    return f"{kind}{number:021d}"


def _people(moment: datetime) -> Any:  # noqa: ANN401 - rows of one table
    for number in range(1, POSTERS + RESPONDERS + 1):
        yield {
            "id": number,
            "public_id": _public_id("m", number),
            "email": f"member{number}@bench.example",
            "display_name": f"Member {number}",
            "member_type": "data_scientist",
            "country": COUNTRIES[number % len(COUNTRIES)],
            "status": MemberStatus.APPROVED,
            "vetted_until": moment + timedelta(days=300),
        }


def _said(rng: random.Random, words: tuple[str, ...], length: int) -> str:
    return " ".join(rng.choices(words, k=length))


def _request(
    rows: dict[type[Any], list[dict[str, Any]]],
    rng: random.Random,
    words: tuple[str, ...],
    number: int,
    moment: datetime,
) -> None:
    opened = moment - timedelta(days=rng.randint(1, 30))
    status = RequestStatus.IN_DISCUSSION if number == 1 else rng.choice(STATUSES)
    due = moment + timedelta(days=rng.randint(1, 60))
    rows.setdefault(CollaborationRequest, []).append(
        {
            "id": number,
            "public_id": _public_id("q", number),
            "posted_by_id": 1 + (number - 1) % POSTERS,
            "country": rng.choice(COUNTRIES),
            "type": rng.choice([each.code for each in listed("request_types").terms]),
            "language": "en",
            "title": _said(rng, words, 8)[:150],
            "summary": _said(rng, words, 25)[:300],
            "background": _said(rng, words, 120),
            "outcome_wanted": _said(rng, words, 60),
            "audience": Audience.PUBLIC,
            "tlp": Tlp.CLEAR,
            "status": status,
            "due_at": due,
            "expires_at": due + timedelta(days=30),
            "opened_at": opened,
            "submitted_at": opened,
            "first_answered_at": opened + timedelta(days=1) if number % 3 else None,
            "case_checked_at": opened,
        }
    )
    rows.setdefault(RequestLabel, []).append({"request_id": number, "label": "public"})
    for scheme, most in SCHEMES.items():
        known = COUNTRIES if scheme == "countries" else ("en", "fr", "es") if scheme == "languages" else None
        codes = known or [each.code for each in listed(scheme).terms]
        for place, code in enumerate(rng.sample(codes, rng.randint(1, most))):
            rows.setdefault(RequestTerm, []).append(
                {"request_id": number, "scheme": scheme, "code": code, "position": place}
            )
    rows.setdefault(RequirementsVersion, []).append(
        {"id": number, "request_id": number, "number": 1, "proposed_by_id": 1, "in_force_at": opened}
    )
    for place in range(REQUIREMENTS):
        rows.setdefault(Requirement, []).append(
            {
                "id": (number - 1) * REQUIREMENTS + place + 1,
                "version_id": number,
                "position": place,
                "is_essential": place < REQUIREMENTS - 1,
                "words": _said(rng, words, 10),
            }
        )
    for place in range(RESPONSES_EACH):
        _response(rows, rng, words, number, place, opened)


def _response(
    rows: dict[type[Any], list[dict[str, Any]]],
    rng: random.Random,
    words: tuple[str, ...],
    request: int,
    place: int,
    opened: datetime,
) -> None:
    number = (request - 1) * RESPONSES_EACH + place + 1
    rows.setdefault(Response, []).append(
        {
            "id": number,
            "public_id": _public_id("r", number),
            "request_id": request,
            "responder_id": POSTERS + 1 + (number - 1) % RESPONDERS,
            "status": ResponseStatus.SHORTLISTED if place == 0 else ResponseStatus.SUBMITTED,
            "language": "en",
            "offer": _said(rng, words, 60),
            "tlp": Tlp.CLEAR,
            "submitted_at": opened + timedelta(days=1),
            "first_answered_at": opened + timedelta(days=2) if place % 2 == 0 else None,
        }
    )
    for each in range(REQUIREMENTS):
        rows.setdefault(ResponseAnswer, []).append(
            {
                "response_id": number,
                "requirement_id": (request - 1) * REQUIREMENTS + each + 1,
                "fit": rng.choice(list(Fit)),
                "evidence": _said(rng, words, 20),
            }
        )


def _conversations(
    rows: dict[type[Any], list[dict[str, Any]]], words: tuple[str, ...], count: int, moment: datetime
) -> None:
    """Make conversations about the first response of as many requests."""
    rng = random.Random(SEED)
    for number in range(1, count + 1):
        response = (number - 1) * RESPONSES_EACH + 1
        sides = {
            Side.REQUESTER: 1 + (number - 1) % POSTERS,
            Side.RESPONDER: POSTERS + 1 + (response - 1) % RESPONDERS,
        }
        rows.setdefault(Conversation, []).append(
            {
                "id": number,
                "public_id": _public_id("c", number),
                "response_id": response,
                "tlp": Tlp.CLEAR,
                "started_by_id": sides[Side.REQUESTER],
            }
        )
        for side, member in sides.items():
            rows.setdefault(Participation, []).append(
                {"conversation_id": number, "member_id": member, "side": side}
            )
        for place in range(MESSAGES_EACH * (4 if number == 1 else 1)):
            side = Side.REQUESTER if place % 2 == 0 else Side.RESPONDER
            rows.setdefault(ConversationMessage, []).append(
                {
                    "public_id": f"t{number:010d}{place:011d}",
                    "conversation_id": number,
                    "author_id": sides[side],
                    "side": side,
                    "tlp": Tlp.CLEAR,
                    "words": _said(rng, words, 30),
                    "sent_at": moment - timedelta(hours=200 - place),
                }
            )


def _coordinator() -> int:
    member = create_member(
        VISITOR,
        email="coordinator@bench.example",
        password_hash=None,
        display_name="Coordinator",
        member_type="government",
    )
    store_totp(member, secret=new_secret(), key="of no use in a benchmark")
    grant_role(VISITOR, member, Role.COORDINATOR)
    session().flush()
    return member.id


def _signed_in(member_id: int) -> str:
    moment, token = now(), secrets.token_urlsafe(32)
    session().add(
        SignInSession(
            token_hash=token_hash(token),
            member_id=member_id,
            created_at=moment,
            last_seen_at=moment,
            user_agent="benchmark",
        )
    )
    return token
