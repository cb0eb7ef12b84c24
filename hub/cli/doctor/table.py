"""The table of all checks, and the two ways through it: everything for the doctor, what is dangerous for the server."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hub.cli.doctor import checkpoints, files, people, schema, settings, work
from hub.cli.doctor.findings import Check, Finding, Level, Need, Situation, problem
from hub.config import Settings
from hub.core.database import session_scope

CHECKS = (
    Check(settings.base_url, is_dangerous=True),
    Check(settings.debug, is_dangerous=True),
    Check(settings.demo_mode, is_dangerous=True),
    Check(settings.limits),
    Check(settings.shared_limits),
    Check(settings.proxies),
    Check(settings.pseudo_language),
    Check(settings.mail_server),
    Check(settings.contact),
    Check(files.instance),
    Check(files.secret, is_dangerous=True),
    Check(files.modes),
    Check(files.room),
    Check(people.demo_people, Need.DATABASE, is_dangerous=True),
    Check(schema.guards, Need.SCHEMA),
    Check(work.audit_chain, Need.SCHEMA),
    Check(checkpoints.key, Need.SCHEMA),
    Check(checkpoints.pause, Need.SCHEMA),
    Check(people.officers, Need.SCHEMA),
    Check(people.factors, Need.SCHEMA),
    Check(work.worker, Need.SCHEMA),
    Check(work.index, Need.SCHEMA),
    Check(work.mails, Need.SCHEMA),
)


def examine(situation: Situation, checks: Sequence[Check] = CHECKS) -> Iterator[Finding]:
    """Yield what the checks find; what needs a database is left out where there is none, and the report says so."""
    for check in checks:
        if check.need is Need.NOTHING:
            yield from check.look(situation)
    try:
        engine = schema.opened(situation.settings)
    except schema.NoDatabaseError as error:
        yield error.finding
        return
    try:
        yield from _in_the_database(engine, situation, checks)
    finally:
        engine.dispose()


def _in_the_database(engine: Engine, situation: Situation, checks: Sequence[Check]) -> Iterator[Finding]:
    version = schema.version(engine)
    yield version
    for check in checks:
        if check.need is Need.DATABASE or (check.need is Need.SCHEMA and version.level is Level.OK):
            yield from _stored(engine, situation, check)


def _stored(engine: Engine, situation: Situation, check: Check) -> list[Finding]:
    """Return what a check finds in a session of its own, so that its failure spoils no other."""
    try:
        with session_scope(engine):
            return list(check.look(situation))
    except SQLAlchemyError as error:
        name = check.look.__name__.replace("_", " ")
        words = f"The database failed while this was looked at: {name} ({type(error).__name__})."
        return [problem(words, "Look into the log of the database.")]


def dangers(settings: Settings) -> list[Finding]:
    """Return why a server must not start with these settings; none where it may.

    A database that is away hides fictional people in it, but is no reason not to start: it may come back.
    """
    situation = Situation(settings, os.environ)
    dangerous = [check for check in CHECKS if check.is_dangerous]
    found = [
        finding for check in dangerous if check.need is Need.NOTHING for finding in check.look(situation)
    ]
    with suppress(schema.NoDatabaseError):
        engine = schema.opened(settings)
        for check in dangerous:
            if check.need is not Need.NOTHING:
                found += _stored(engine, situation, check)
        engine.dispose()
    return [finding for finding in found if finding.level is Level.PROBLEM]
