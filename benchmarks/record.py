"""What a long life costs the page of a record: one with much proof and many revisions beside one with none.

Both are asked for in turn by one client of one process, so that whatever else the machine does falls on both.
"""

import argparse
import json
import os
import platform
import secrets
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR, Role
from hub.app import create_app
from hub.catalogue.models import (
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationDetails,
    PrerequisiteDetails,
    Replication,
    ReplicationStatus,
    RevisionStatus,
    Side,
)
from hub.catalogue.models.writing import copied_revision
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import register_innovation, submit_revision
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import Member, SignInSession
from hub.members.queries import token_hash
from hub.members.service import create_member, grant_role
from hub.members.totp import new_secret, store_totp
from hub.organisations.models import MembershipRole, Organisation, OrganisationStatus
from hub.organisations.service import add_membership, add_organisation

EVIDENCE, REPLICATIONS, REVISIONS = 50, 50, 200
COUNTRIES = ("ES", "FR", "ID", "NO", "CH")
GOAL = 2.0
"""How many times the empty record's p95 the long one may take."""


def add_evidence(innovation: Innovation, by: int, count: int) -> None:
    """Store accepted evidence, one piece a year."""
    for number in range(count):
        session().add(
            Evidence(
                innovation_id=innovation.id,
                type="independent_evaluation",
                title=f"Evaluation {number}",
                url=f"https://example.org/evaluation/{number}",
                author="Somebody independent",
                is_independent=True,
                country="GE",
                year=now().year - number % 5,
                finding="It found more than was found before. " * 10,
                language="en-GB",
                status=EvidenceStatus.ACCEPTED,
                added_by_id=by,
                added_at=now(),
            )
        )


def add_replications(innovation: Innovation, claimed_by: int, confirmed_by: int, count: int) -> None:
    """Store verified replications, each by an organisation of its own."""
    for number in range(count):
        adopter = add_organisation(f"Adopter {number}", country=COUNTRIES[number % len(COUNTRIES)])
        session().add(
            Replication(
                innovation_id=innovation.id,
                adopter_id=adopter.id,
                country=adopter.country,
                started_on=now().date(),
                language="en-GB",
                status=ReplicationStatus.VERIFIED,
                side=Side.OWNER,
                claimed_by_id=claimed_by,
                claimed_at=now(),
                confirmed_by_id=confirmed_by,
                confirmed_at=now(),
            )
        )


def add_revisions(innovation: Innovation, author: Member, count: int) -> None:
    """Approve further revisions with the content of the published one; the last of them is published."""
    revision = innovation.published_revision
    assert revision is not None
    for number in range(revision.number + 1, revision.number + 1 + count):
        revision = copied_revision(revision, author, number=number)
        session().add(revision)
        session().flush()
        revision.status, revision.decided_at = RevisionStatus.APPROVED, now()
        session().flush()
    innovation.published_revision = revision
    session().flush()


def publish(owner: Organisation, partner: Member, coordinator: Member, name: str) -> Innovation:
    """Take a record all the way to its audience."""
    details = InnovationDetails(
        name=name,
        short_description="Officials register gifts on the day they get them.",
        problem="Gifts are hidden. " * 20,
        description="How it works, who runs it, and for whom. " * 40,
        kind="software",
        functions=("detect",),
        organisation_id=owner.id,
        countries=("GE",),
        prerequisites=(PrerequisiteDetails("law", "A law on gifts"), PrerequisiteDetails("staff", "A clerk")),
        readership=Readership(Audience.PUBLIC, Tlp.CLEAR),
    )
    innovation = register_innovation(partner, details, language="en-GB")
    (revision,) = innovation.revisions
    submit_revision(partner, revision, version=revision.version)
    take_revision(coordinator, revision)
    publish_revision(coordinator, revision)
    return innovation


def make_records() -> tuple[str, str, str]:
    """Store two records of one owner, one with a long life; return their slugs and a token of the owner's session."""
    owner = add_organisation("Office of Gifts", country="GE", status=OrganisationStatus.VERIFIED)
    people = [
        create_member(
            VISITOR,
            email=f"{name}@test.example",
            password_hash=None,
            display_name=name,
            member_type="government",
        )
        for name in ("partner", "coordinator")
    ]
    partner, coordinator = people
    add_membership(owner, partner, MembershipRole.REPRESENTATIVE)
    store_totp(coordinator, secret=new_secret(), key="of no use in a benchmark")
    grant_role(VISITOR, coordinator, Role.COORDINATOR)
    empty = publish(owner, partner, coordinator, "A record without proof")
    full = publish(owner, partner, coordinator, "A record with a long life")
    add_evidence(full, coordinator.id, EVIDENCE)
    add_replications(full, partner.id, coordinator.id, REPLICATIONS)
    add_revisions(full, partner, REVISIONS)
    token = secrets.token_urlsafe(32)
    session().add(
        SignInSession(
            token_hash=token_hash(token),
            member_id=partner.id,
            created_at=now(),
            last_seen_at=now(),
            user_agent="benchmark",
        )
    )
    return empty.slug, full.slug, token


def milliseconds(client: FlaskClient, slug: str) -> float:
    """Return how long the page of one record takes."""
    began = time.perf_counter()
    answer = client.get(f"/innovations/{slug}")
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status
    return taken


def compare(client: FlaskClient, empty: str, full: str, rounds: int) -> dict[str, float]:
    """Return median and p95 of both pages, asked for in turn, and the ratio of the p95."""
    for slug in (empty, full):
        milliseconds(client, slug)  # templates are compiled once
    pairs = [(milliseconds(client, empty), milliseconds(client, full)) for _ in range(rounds)]
    figures = {}
    for name, times in zip(("empty", "full"), zip(*pairs, strict=True), strict=True):
        ranked = sorted(times)
        figures[f"{name}_p50_ms"] = round(statistics.median(ranked), 1)
        figures[f"{name}_p95_ms"] = round(ranked[int(rounds * 0.95)], 1)
    figures["ratio_p95"] = round(figures["full_p95_ms"] / figures["empty_p95_ms"], 2)
    return figures


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if the long record takes more than twice the empty one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.record", description=__doc__)
    parser.add_argument("--small", action="store_true", help="40 requests a page instead of 400")
    rounds = 40 if parser.parse_args().small else 400
    with tempfile.TemporaryDirectory(prefix="hub-record-") as folder:
        settings = Settings(instance=Path(folder))
        prepare_instance(settings)
        with opened_database(settings), transaction():
            empty, full, token = make_records()
        app = create_app(settings)
        visitor, owner = app.test_client(), app.test_client()
        owner.set_cookie("hub", token, domain="localhost")
        figures = {
            "visitor": compare(visitor, empty, full, rounds),
            "owner": compare(owner, empty, full, rounds),
        }
        app.extensions["hub"].bind.dispose()
    for name, each in figures.items():
        print(f"{name}: {each}")
    told = {
        "evidence": EVIDENCE,
        "replications": REPLICATIONS,
        "revisions": REVISIONS,
        "rounds": rounds,
        **figures,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(told))
    sys.exit(any(each["ratio_p95"] > GOAL for each in figures.values()))


if __name__ == "__main__":
    main()
