"""The application for a WSGI server: `granian --interface wsgi wsgi:application`. Refuses what `hub serve` refuses."""

import gc
import os

from hub.app import create_app
from hub.cli.doctor.table import dangers
from hub.config import Settings
from hub.core.database import make_engine
from hub.core.logs import configure_logs
from hub.jobs.indexing import documents
from hub.jobs.matching import LATE, Preparer
from hub.search.indexer import Indexer
from hub.web.runtime import runtime

os.umask(0o077)  # whatever the instance holds is for the hub's own user only
settings = Settings()
found = dangers(settings)
if found:
    raise RuntimeError(" ".join(map(str, found)))
configure_logs()
application = create_app(settings)
with application.app_context():
    # One thread a node keeps each index; these work only while no other process holds the lock file.
    engine = make_engine(settings.database_address)
    Indexer(engine, runtime().search, documents).start()
    Preparer(engine, runtime().matching, LATE).start()
# what stands now stays until the process ends: the collector of garbage need not look at it again and again
gc.collect()
gc.freeze()
