"""`python -m benchmarks.campaigns.changer SEED`: changes records at random until it is killed.

Each line on standard output acknowledges what was committed before it: `ready`, then `changed <public id>`. The indexer
runs beside, as in a server.
"""

import random
import sys
from collections.abc import Callable
from itertools import count

from sqlalchemy import select

from benchmarks.campaigns.records import EVERYBODY, MEMBERS, People, details, people, publish
from hub.catalogue.curation.service import approve_proposal, archive_innovation, propose, restore_innovation
from hub.catalogue.models import Innovation, InnovationStatus
from hub.catalogue.models.curation import ProposedAction
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import revise_innovation, save_details, submit_revision
from hub.catalogue.tasks.service import take_task
from hub.config import Settings
from hub.core.database import make_engine, session, session_scope, transaction
from hub.jobs.indexing import documents
from hub.search.engine import make_search_engine
from hub.search.indexer import Indexer

LEAST_SHOWN = 10
"""With fewer records than this there are only new ones."""

WORDS = "tender bribe court audit register whistle budget payment owner asset permit border".split()  # noqa: SIM905


def main() -> None:
    """Change records until killed."""
    settings = Settings()
    rng = random.Random(sys.argv[1])
    engine = make_engine(settings.database_address)
    Indexer(make_engine(settings.database_address), make_search_engine(settings), documents).start()
    print("ready", flush=True)
    for number in count():
        with session_scope(engine):
            print("changed", change(rng, people(2), number), flush=True)


def change(rng: random.Random, team: People, number: int) -> str:
    """Do one change and commit it; return the public id of the record."""
    shown = session().scalars(
        select(Innovation).where(
            Innovation.status.in_([InnovationStatus.PUBLISHED, InnovationStatus.ARCHIVED])
        )
    )
    records = sorted(shown, key=lambda each: each.id)
    if len(records) < LEAST_SHOWN or rng.random() < 0.2:
        with transaction():
            made = publish(
                team,
                f"Record {rng.choice(WORDS)} {number}",
                description=" ".join(rng.choices(WORDS, k=30)),
                readership=rng.choice([EVERYBODY, EVERYBODY, MEMBERS]),
            )
        return made.public_id
    innovation = rng.choice(records)
    kinds: list[Callable[[random.Random, People, Innovation], None]] = [rewrite, rewrite, narrow, take_down]
    kinds.append(restore if innovation.status is InnovationStatus.ARCHIVED else archive)
    rng.choice(kinds)(rng, team, innovation)
    return innovation.public_id


def rewrite(rng: random.Random, team: People, innovation: Innovation) -> None:
    """Publish a revision with other words."""
    _revise(rng, team, innovation, description=" ".join(rng.choices(WORDS, k=30)))


def narrow(rng: random.Random, team: People, innovation: Innovation) -> None:
    """Let members alone read it."""
    _revise(rng, team, innovation, readership=MEMBERS)


def archive(_rng: random.Random, team: People, innovation: Innovation) -> None:
    """Archive it."""
    with transaction():
        archive_innovation(team.partner, innovation, words="Ended by a campaign.")


def restore(_rng: random.Random, team: People, innovation: Innovation) -> None:
    """Publish it again as it was."""
    with transaction():
        restore_innovation(team.partner, innovation)


def take_down(_rng: random.Random, team: People, innovation: Innovation) -> None:
    """Take it down, as two coordinators."""
    with transaction():
        proposal = propose(team.coordinators[0], innovation, ProposedAction.TAKE_DOWN, reason="A campaign.")
        take_task(team.coordinators[1], proposal)
        approve_proposal(team.coordinators[1], proposal)


def _revise(rng: random.Random, team: People, innovation: Innovation, **more: object) -> None:
    assert innovation.published_revision is not None
    name = f"{innovation.published_revision.source_text.name.rpartition(' ')[0]} {rng.randrange(10**6)}"
    with transaction():
        revision = revise_innovation(team.partner, innovation)
        readership = more.pop("readership", innovation.readership)
        said = details(name, team.owner, readership=readership, **more)
        save_details(team.partner, revision, said, version=revision.version)
        submit_revision(team.partner, revision, version=revision.version)
        take_revision(team.coordinators[0], revision)
        publish_revision(team.coordinators[0], revision)


if __name__ == "__main__":
    main()
