"""A replication as pictures and lists tell it: line of descent, timeline, the two voices of a dispute."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for

from hub.catalogue.models import (
    Innovation,
    Replication,
    ReplicationStatement,
    ReplicationStatus,
    Side,
)
from hub.web.catalogue.named import NamedRecord
from hub.web.i18n import country_name, translate

Entry = dict[str, Any]

PROVEN = frozenset(
    {
        ReplicationStatus.CONFIRMED,
        ReplicationStatus.EVIDENCED,
        ReplicationStatus.VERIFIED,
        ReplicationStatus.FAILED,
    }
)
"""The states in which the confirmation holds."""


def root_of(innovation: Innovation, record: NamedRecord) -> Entry:
    """Return the record itself, where the line of descent begins."""
    owner = innovation.owner.name if innovation.owner else None
    return {"name": record.name, "by": owner, "country": innovation.origin_country}


def nodes_of(replications: Sequence[Replication], slug: str) -> list[Entry]:
    """Return the adopters for the line of descent and its table."""
    return [
        {
            "name": each.adopter.name,
            "country": each.country,
            "text": translate("since %(year)s", year=each.started_on.year) if each.started_on else "",
            "state": each.status,
            "href": url_for("catalogue.replication", slug=slug, public_id=each.public_id),
        }
        for each in replications
    ]


def timeline_of(replications: Sequence[Replication]) -> list[Entry]:
    """Return what is dated of the replications, the newest first, and then those that name no day."""
    dated = [entry for each in replications for entry in _dated(each)]
    undated = [
        {"text": _began(each), "state": each.status} for each in replications if each.started_on is None
    ]
    return [*sorted(dated, key=lambda entry: entry["at"].isoformat(), reverse=True), *undated]


def _dated(replication: Replication) -> Iterator[Entry]:
    if replication.started_on is not None:
        yield {"at": replication.started_on, "text": _began(replication), "state": replication.status}
    named = {"name": _isolated(replication.adopter.name), "country": country_name(replication.country)}
    if replication.confirmed_at and replication.status in PROVEN:
        words = translate("Both sides say so: %(name)s, %(country)s", **named)
        yield {"at": replication.confirmed_at, "text": words}
    if replication.verified_at and replication.status is ReplicationStatus.VERIFIED:
        words = translate("A coordinator verified it: %(name)s, %(country)s", **named)
        yield {"at": replication.verified_at, "text": words}


def _began(replication: Replication) -> str:
    return translate(
        "%(name)s began to use it in %(country)s",
        name=_isolated(replication.adopter.name),
        country=country_name(replication.country),
    )


def voices_of(replication: Replication) -> list[Entry]:
    """Return both sides of a dispute that goes on; a side that said nothing yet stands there without words."""
    if replication.status is not ReplicationStatus.DISPUTED:
        return []
    statements = _present_dispute(replication)
    voices = [_voice(replication, each) for each in statements]
    silent = [side for side in Side if side not in {each.side for each in statements}]
    return [*voices, *({"side": side, "who": _name(replication, side)} for side in silent)]


def story_of(replication: Replication) -> list[Entry]:
    """Return what happened to one replication, the newest first; what the sides say now stands above it."""
    claimed = {
        Side.OWNER: translate("The owner’s side said so"),
        Side.ADOPTER: translate("Who took it up said so"),
    }
    told: list[Entry] = [{"at": replication.claimed_at, "text": claimed[replication.side]}]
    if replication.confirmed_at and replication.status in PROVEN:
        told.append({"at": replication.confirmed_at, "text": translate("The other side confirmed it")})
    if replication.verified_at and replication.status is ReplicationStatus.VERIFIED:
        told.append({"at": replication.verified_at, "text": translate("A coordinator verified it")})
    present = _present_dispute(replication) if replication.status is ReplicationStatus.DISPUTED else []
    told += [_told(replication, each, has_words=each not in present) for each in replication.statements]
    return sorted(told, key=lambda entry: entry["at"], reverse=True)


def _present_dispute(replication: Replication) -> list[ReplicationStatement]:
    """Return the statements since the last time that somebody disputed it."""
    statements = replication.statements
    starts = [place for place, each in enumerate(statements) if each.action == "dispute"]
    return statements[starts[-1] :] if starts else []


def _voice(replication: Replication, said: ReplicationStatement) -> Entry:
    return {
        "side": said.side,
        "who": _name(replication, said.side),
        "day": said.said_at,
        "words": said.words,
        "lang": said.language,
    }


def _told(replication: Replication, said: ReplicationStatement, *, has_words: bool) -> Entry:
    name = _isolated(_name(replication, said.side))
    words = {
        "dispute": translate("Disputed by %(name)s", name=name),
        "answer": translate("Answered by %(name)s", name=name),
        "settle": translate("Dispute taken back by %(name)s", name=name),
        "fail": translate("Ended without success, says %(name)s", name=name),
    }
    told = {"at": said.said_at, "text": words[said.action]}
    # the lessons of a failure have a section of their own
    if said.action == "fail" or not has_words:
        return told
    return {**told, "words": said.words, "lang": said.language}


def _name(replication: Replication, side: Side) -> str:
    """Return the organisation that speaks; people are not named."""
    owner = replication.innovation.owner
    if side is Side.ADOPTER:
        return replication.adopter.name
    return owner.name if owner else translate("the owner’s side")


def _isolated(name: str) -> str:
    """Return a name that keeps its own direction of writing within a sentence of another one."""
    return f"\u2068{name}\u2069"
