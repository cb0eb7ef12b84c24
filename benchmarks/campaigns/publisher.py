"""`python -m benchmarks.campaigns.publisher`: publishes one record after another until it is killed.

Each line on standard output acknowledges what was committed before it: `ready`, then `published <public id>`. The
indexer runs beside, as in a server.
"""

from itertools import count

from benchmarks.campaigns.records import people, submit
from hub.catalogue.review.service import publish_revision, take_revision
from hub.config import Settings
from hub.core.database import make_engine, session_scope, transaction
from hub.jobs.indexing import documents
from hub.search.engine import make_search_engine
from hub.search.indexer import Indexer


def main() -> None:
    """Publish until killed."""
    settings = Settings()
    engine = make_engine(settings.database_address)
    Indexer(make_engine(settings.database_address), make_search_engine(settings), documents).start()
    with session_scope(engine):
        team = people(1)
        print("ready", flush=True)
        for number in count():
            with transaction():
                revision = submit(team, f"Record {number}", description=f"word{number}")
            with transaction():
                take_revision(team.coordinators[0], revision)
            with transaction():
                publish_revision(team.coordinators[0], revision)
                public_id = revision.innovation.public_id
            print(f"published {public_id}", flush=True)


if __name__ == "__main__":
    main()
