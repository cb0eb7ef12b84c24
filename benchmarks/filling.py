"""Fills a hub's database with innovations, the same on every machine: whole rows, which pages and indexes read."""

import itertools
import random
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from benchmarks.generator import SEED, WORDS_PER_RECORD, vocabulary
from hub.access.audience import Audience, Tlp
from hub.catalogue.models import (
    CountryRelation,
    Innovation,
    InnovationLabel,
    InnovationRevision,
    InnovationStatus,
    RevisionCountry,
    RevisionLabel,
    RevisionPrerequisite,
    RevisionStatus,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.content import NAME_LENGTH, SHORT_DESCRIPTION_LENGTH
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import Member, MemberStatus, SignInSession
from hub.members.queries import token_hash
from hub.organisations.models import Organisation, OrganisationStatus
from hub.vocabularies.loader import vocabulary as listed

OWNERS = 200
MEMBERS_ONLY = 10
"""One in so many records is for members only."""

SCHEMES = {
    TermScheme.FUNCTIONS: ("functions", 3),
    TermScheme.OFFENCES: ("offences", 2),
    TermScheme.SECTORS: ("sectors", 2),
    TermScheme.INTENDED_USERS: ("intended_users", 2),
    TermScheme.STANDARDS_READ: ("standards", 2),
}
"""Which vocabulary each group of codes comes from, and how many a record has at most."""

COUNTRIES = ("BR", "ES", "FR", "GE", "ID", "IN", "KE", "MX", "NG", "NO", "PH", "SN", "TN", "UA", "US")
LICENCES = ("MIT", "Apache-2.0", "GPL-3.0-only", "EUPL-1.2", "CC-BY-4.0", "not_stated")
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def fill_catalogue(count: int, *, country: str = "GE") -> str:
    """Store `count` published innovations and a member; return a token with which that member is signed in.

    Args:
        count: how many.
        country: that the member is from.
    """
    rng = random.Random(SEED)
    words = vocabulary(random.Random(SEED))
    weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(words))))
    token = _somebody(country)
    _owners(rng, words)
    rows = [
        _record(rng, number, rng.choices(words, cum_weights=weights, k=WORDS_PER_RECORD))
        for number in range(1, count + 1)
    ]
    for table in (
        Innovation,
        InnovationLabel,
        InnovationRevision,
        RevisionLabel,
        RevisionText,
        RevisionTerm,
        RevisionCountry,
        RevisionPrerequisite,
    ):
        session().execute(insert(table), [row for each in rows for row in each[table]])
    # an approved revision takes no further rows, and innovations and their revisions name each other
    session().execute(update(InnovationRevision).values(status=RevisionStatus.APPROVED))
    session().execute(
        update(Innovation).values(status=InnovationStatus.PUBLISHED, published_revision_id=Innovation.id)
    )
    return token


def _somebody(country: str) -> str:
    moment, token = now(), secrets.token_urlsafe(32)
    session().execute(
        insert(Member),
        [
            {
                "id": 1,
                "email": "member@bench.example",
                "display_name": "Bench",
                "member_type": "government",
                "country": country,
                "status": MemberStatus.APPROVED,
            }
        ],
    )
    session().add(
        SignInSession(
            token_hash=token_hash(token),
            member_id=1,
            created_at=moment,
            last_seen_at=moment,
            user_agent="benchmark",
        )
    )
    return token


def _owners(rng: random.Random, words: tuple[str, ...]) -> None:
    session().execute(
        insert(Organisation),
        [
            {
                "id": number,
                "slug": f"owner-{number}",
                "name": " ".join(rng.choices(words, k=3)).title(),
                "country": rng.choice(COUNTRIES),
                "status": OrganisationStatus.VERIFIED,
                "created_at": EPOCH,
            }
            for number in range(1, OWNERS + 1)
        ],
    )


def _record(rng: random.Random, number: int, words: list[str]) -> dict[type, list[dict[str, object]]]:
    """Return the rows of one record by table."""
    is_public = number % MEMBERS_ONLY != 0
    readership = (
        {"audience": Audience.PUBLIC, "tlp": Tlp.CLEAR}
        if is_public
        else {"audience": Audience.MEMBERS, "tlp": Tlp.GREEN}
    )
    label = {"label": "public" if is_public else "member"}
    moment = EPOCH + timedelta(hours=rng.randint(0, 90_000))
    level = rng.choice((None, None, 1, 1, 1, 2, 2, 3, 4, 5))
    own = {"revision_id": number}
    return {
        Innovation: [
            {
                "id": number,
                "public_id": f"record-{number:07}",
                "slug": f"record-{number}",
                "owner_id": rng.randint(1, OWNERS),
                "registered_by_id": 1,
                "origin_country": rng.choice(COUNTRIES),
                "evidence_level": level,
                "evidence_year": 2022 if level else None,
                "registered_at": moment,
                "published_at": moment,
                **readership,
            }
        ],
        InnovationLabel: [{"innovation_id": number, **label}],
        InnovationRevision: [
            {
                "id": number,
                "innovation_id": number,
                "number": 1,
                "status": RevisionStatus.DRAFT,
                "source_language": "en-GB",
                "kind": rng.choice(sorted(listed("kinds").codes)),
                "stage": rng.choice(sorted(listed("stages").codes)),
                "year_started": rng.randint(2005, 2026),
                "licence": rng.choice(LICENCES),
                "created_by_id": 1,
                "created_at": moment,
                "saved_at": moment,
                **readership,
            }
        ],
        RevisionLabel: [{**own, **label}],
        RevisionText: [
            {
                **own,
                "language": "en-GB",
                "name": " ".join(words[:4]).title()[:NAME_LENGTH],
                "short_description": " ".join(words[4:22])[:SHORT_DESCRIPTION_LENGTH],
                "problem": " ".join(words[22:80]),
                "description": " ".join(words[80:]),
            }
        ],
        RevisionTerm: [
            {**own, "scheme": scheme, "code": code, "position": place}
            for scheme, (name, most) in SCHEMES.items()
            for place, code in enumerate(rng.sample(sorted(listed(name).codes), rng.randint(1, most)))
        ],
        RevisionCountry: [
            {**own, "country": code, "relation": CountryRelation.DEPLOYED}
            for code in rng.sample(COUNTRIES, rng.randint(1, 4))
        ],
        RevisionPrerequisite: [
            {**own, "area": topic.partition(".")[0], "topic": topic, "need": "What is needed."}
            for topic in rng.sample(sorted(listed("prerequisites").codes), rng.randint(0, 3))
        ],
    }
