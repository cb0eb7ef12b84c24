"""How long the worker takes for the daily digests of many members: gathering them, and rendering and handing over each.

Members differ as they do: some belong to organisations, some are verified law enforcement, a tenth want a weekly mail.
Each is told of five innovations, of which one is TLP:AMBER and hidden from most. The way out takes each mail as bytes
and forgets it: what a mail server needs on top depends on the server.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random

from sqlalchemy import func, select, update

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import VISITOR, Role
from hub.catalogue.models import Innovation, InnovationDetails, PrerequisiteDetails
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import register_innovation, submit_revision
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.logs import configure_logs
from hub.core.outbox import OutboxMessage
from hub.mail.sending import send_due
from hub.members.models import Member, MemberStatus
from hub.members.service import create_member, grant_role
from hub.members.totp import new_secret, store_totp
from hub.notifications.digests import gather, period_of
from hub.notifications.models import Frequency, Notification, NotificationPreference, Topic
from hub.notifications.service import notify
from hub.organisations.models import MembershipRole, Organisation, OrganisationMembership, OrganisationStatus
from hub.organisations.service import add_membership, add_organisation

RECORDS = 200
TOLD = 5
GOAL = 60.0
"""Seconds for the digests of 10,000 members."""

KINDS = ("followed_published", "followed_revised", "followed_evidence", "followed_replication")


class Sink:
    """A way out that takes each mail as it would go over the wire, and counts."""

    def __init__(self) -> None:
        self.mails = 0
        self.bytes = 0

    def send(self, message: EmailMessage) -> None:
        """Take one mail."""
        self.mails += 1
        self.bytes += len(message.as_bytes())


def publish(owner: Organisation, partner: Member, coordinator: Member, number: int) -> Innovation:
    """Take a record to its audience; every tenth is for its owner's people only."""
    is_restricted = number % 10 == 0
    readership = (
        Readership(Audience.ORGANISATIONS, Tlp.AMBER, organisations=frozenset({owner.id}))
        if is_restricted
        else Readership(Audience.PUBLIC, Tlp.CLEAR)
    )
    details = InnovationDetails(
        name=f"Register of gifts number {number}",
        short_description="Officials register gifts on the day they get them.",
        problem="Gifts are hidden. " * 20,
        description="How it works, who runs it, and for whom. " * 40,
        kind="software",
        functions=("detect",),
        organisation_id=owner.id,
        countries=("GE",),
        prerequisites=(PrerequisiteDetails("law", "A law on gifts"), PrerequisiteDetails("staff", "A clerk")),
        readership=readership,
    )
    innovation = register_innovation(partner, details, language="en-GB")
    (revision,) = innovation.revisions
    submit_revision(partner, revision, version=revision.version)
    take_revision(coordinator, revision)
    publish_revision(coordinator, revision)
    return innovation


def make_people(count: int, organisations: list[Organisation]) -> list[int]:
    """Store members: every fifth belongs to an organisation, every tenth wants a weekly mail."""
    members = [
        Member(
            email=f"member{number}@test.example",
            display_name=f"Member {number}",
            member_type="innovator",
            status=MemberStatus.APPROVED,
            language="fr" if number % 2 else "en-GB",
            vetted_until=now() + timedelta(days=200),
        )
        for number in range(count)
    ]
    session().add_all(members)
    session().flush()
    session().add_all(
        OrganisationMembership(
            organisation_id=organisations[number % len(organisations)].id,
            member_id=member.id,
            role=MembershipRole.MEMBER,
            started_at=now(),
        )
        for number, member in enumerate(members)
        if number % 5 == 0
    )
    session().add_all(
        NotificationPreference(member_id=member.id, topic=Topic.FOLLOWING, frequency=Frequency.DAILY)
        for number, member in enumerate(members)
        if number % 3 == 0
    )
    session().flush()
    return [member.id for member in members]


def make_world(members: int) -> None:
    """Store records and people, and tell each of five records."""
    random = Random(5)
    organisations = [
        add_organisation(f"Office {number}", country="GE", status=OrganisationStatus.VERIFIED)
        for number in range(20)
    ]
    partner, coordinator = (
        create_member(
            VISITOR,
            email=f"{name}@test.example",
            password_hash=None,
            display_name=name,
            member_type="government",
        )
        for name in ("partner", "coordinator")
    )
    for organisation in organisations:
        add_membership(organisation, partner, MembershipRole.REPRESENTATIVE)
    store_totp(coordinator, secret=new_secret(), key="of no use in a benchmark")
    grant_role(VISITOR, coordinator, Role.COORDINATOR)
    records = [
        publish(organisations[number % len(organisations)], partner, coordinator, number)
        for number in range(RECORDS)
    ]
    told: dict[tuple[int, str], list[int]] = {}
    for member_id in make_people(members, organisations):
        for record in random.sample(range(RECORDS), TOLD):
            told.setdefault((record, random.choice(KINDS)), []).append(member_id)
    for (record, kind), member_ids in told.items():
        notify(member_ids, kind, records[record].subject, tlp=records[record].tlp)
    session().execute(update(Notification).values(created_at=now() - timedelta(days=2)))


def gather_all() -> int:
    """Make every digest that waits, as the job does; return how many."""
    total = 0
    while True:
        with transaction():
            made = gather(Frequency.DAILY, period_of(Frequency.DAILY, now()))
        if not made:
            return total
        total += made


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if it takes longer than 6 ms a member, unless small."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digests", description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--small", action="store_true", help="200 members, judged by nothing")
    given = parser.parse_args()
    members = 200 if given.small else given.members
    with tempfile.TemporaryDirectory(prefix="hub-digests-") as folder:
        settings = Settings(instance=Path(folder), base_url="https://hub.test.example")
        prepare_instance(settings)
        configure_logs()
        with opened_database(settings):
            with transaction():
                make_world(members)
            began, cpu = time.perf_counter(), time.process_time()
            digests = gather_all()
            gathered = time.perf_counter()
            sink = Sink()
            while send_due(sink, settings):
                pass
            ended = time.perf_counter()
            used = time.process_time() - cpu
            sent = session().scalar(
                select(func.count()).select_from(OutboxMessage).where(OutboxMessage.sent_at.is_not(None))
            )
    told = {
        "members": members,
        "digests": digests,
        "mails": sink.mails,
        "marked_sent": sent,
        "bytes_a_mail": round(sink.bytes / max(sink.mails, 1)),
        "gather_seconds": round(gathered - began, 1),
        "send_seconds": round(ended - gathered, 1),
        "total_seconds": round(ended - began, 1),
        "cpu_seconds": round(used, 1),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(told))
    sys.exit(not given.small and told["total_seconds"] > GOAL * members / 10_000)


if __name__ == "__main__":
    main()
