"""The background process: sign of life, indexes, imports, exports, mails, periodic jobs. Ends on SIGTERM and SIGINT."""

import signal
import threading
from contextlib import suppress

import structlog
from huey.consumer import Consumer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.config import Settings
from hub.core.database import make_engine, session_scope, transaction
from hub.core.heartbeats import WORKER, beat
from hub.jobs.alerts import schedule_alerts
from hub.jobs.checkpoints import schedule_checkpoints
from hub.jobs.collaboration import schedule_collaboration
from hub.jobs.commitments import schedule_commitments
from hub.jobs.digests import schedule_digests
from hub.jobs.exporting import Exporter
from hub.jobs.fairness import Surveyor
from hub.jobs.housekeeping import schedule
from hub.jobs.importing import Importer
from hub.jobs.indexing import documents
from hub.jobs.insights import schedule_insights
from hub.jobs.introductions import schedule_introductions
from hub.jobs.mailing import Mailer
from hub.jobs.matching import Preparer
from hub.jobs.queue import make_queue
from hub.jobs.showcases import schedule_showcases
from hub.jobs.suggesting import schedule_suggesting
from hub.matching.index.index import make_match_index
from hub.search.engine import make_search_engine
from hub.search.indexer import Indexer

logger = structlog.get_logger("hub.jobs")

BEAT_EVERY = 5.0
"""Seconds between two signs of life."""


class QuietConsumer(Consumer):
    """Huey's consumer, which leaves the signals of the process to `run_worker`."""

    def _set_signal_handlers(self) -> None:
        pass


def run_worker(settings: Settings, stopping: threading.Event | None = None) -> None:
    """Do the background work until a signal comes or `stopping` is set; what is begun is finished.

    Args:
        settings: where database, index and queue are.
        stopping: ends the work when set, for those who run a worker inside their own process.
    """
    stopping = stopping or threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
    engine = make_engine(settings.database_address)
    queue = make_queue(settings)
    search = make_search_engine(settings)
    matching = make_match_index(settings)
    schedule(queue, engine, settings.instance)
    schedule_checkpoints(queue, engine, settings)
    schedule_alerts(queue, engine, search)
    schedule_digests(queue, engine)
    schedule_collaboration(queue, engine)
    schedule_insights(queue, engine)
    schedule_introductions(queue, engine)
    schedule_showcases(queue, engine)
    schedule_commitments(queue, engine)
    schedule_suggesting(queue, engine, matching)
    indexer = Indexer(engine, search, documents)
    importer = Importer(engine, settings.instance)
    exporter = Exporter(engine, settings.instance)
    mailer = Mailer(engine, settings)
    preparer = Preparer(engine, matching)
    surveyor = Surveyor(engine, matching, settings.instance)
    consumer = QuietConsumer(queue, workers=1)
    indexer.start()
    importer.start()
    exporter.start()
    mailer.start()
    preparer.start()
    surveyor.start()
    consumer.start()
    logger.info("worker started")
    try:
        while not stopping.is_set():
            give_sign_of_life(engine)
            stopping.wait(BEAT_EVERY)
    finally:
        consumer.stop(graceful=True)
        surveyor.stop()
        preparer.stop()
        mailer.stop()
        exporter.stop()
        importer.stop()
        indexer.stop()
        queue.storage.close()
        engine.dispose()
        logger.info("worker stopped")


def give_sign_of_life(engine: Engine) -> None:
    """Write the worker's heartbeat; a database that cannot write now may do so next time."""
    with suppress(SQLAlchemyError), session_scope(engine), transaction():
        beat(WORKER)
