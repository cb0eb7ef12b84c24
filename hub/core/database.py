"""Engine, session in a context variable, declarative base, and `transaction()`. Knows no feature."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import (
    DateTime,
    Engine,
    Enum as EnumType,
    MetaData,
    String,
    create_engine,
    event,
    select,
    text,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

COMMIT_LOCK = 0x48756231
"""The PostgreSQL advisory lock under which commits take their numbers."""

BUSY_TIMEOUT = 10_000
"""Milliseconds that a SQLite connection waits for another writer."""

_session: ContextVar[Session | None] = ContextVar("hub_session", default=None)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC moments on both databases; SQLite stores no zone, so it is added on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; bring aware ones to UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment as aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        str: String(),
        # stored by value in a plain column, with a CHECK on the values: the same on both databases
        Enum: EnumType(
            Enum,
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class Sequenced:
    """Rows numbered without gaps in the order of commits; see `transaction()`."""

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)

    def seal(self, number: int, previous: Any) -> None:  # noqa: ANN401 - a row of the same class
        """Take `number`; `previous` is the row before this one, or None at the start."""
        del previous
        self.number = number


def make_engine(url: str) -> Engine:
    """Return an engine for `url` (SQLite or PostgreSQL) with the hub's durability settings.

    On SQLite: WAL, `synchronous=FULL`, foreign keys, a busy timeout, and `BEGIN IMMEDIATE` for writes. Errors never
    name the values of a statement, which people typed.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url, connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("hub_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def session_scope(bind: Engine | Connection) -> Iterator[Session]:
    """Open a session for one request, job, command or test, and close it after.

    Args:
        bind: the engine, or in tests one connection in which each commit is a savepoint.
    """
    with Session(bind, join_transaction_mode="create_savepoint", expire_on_commit=True) as opened:
        token = _session.set(opened)
        try:
            yield opened
        finally:
            _session.reset(token)


def session() -> Session:
    """Return the session of this context.

    Raises:
        RuntimeError: nobody opened one with `session_scope`.
    """
    opened = _session.get()
    if opened is None:
        message = "no database session is open here"
        raise RuntimeError(message)
    return opened


def add_at_commit(row: Sequenced) -> None:
    """Keep `row` until the commit of the running transaction, where it is numbered and inserted.

    Raises:
        RuntimeError: no transaction is running, so that nothing would ever commit the row.
    """
    info = session().info
    if not info.get("in_transaction"):
        message = "this belongs into a transaction"
        raise RuntimeError(message)
    info.setdefault("waiting", []).append(row)


def lock_commits() -> None:
    """Hold the commit lock until this transaction ends, so that numbers follow the order of commits."""
    opened = session()
    if opened.get_bind().dialect.name == "postgresql":
        opened.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": COMMIT_LOCK})


def _number_waiting(opened: Session) -> None:
    waiting: list[Sequenced] = opened.info.pop("waiting", [])
    opened.flush()
    if not waiting:
        return
    lock_commits()
    last: dict[type[Sequenced], Any] = {}
    for row in waiting:
        kind = type(row)
        if kind not in last:
            last[kind] = opened.scalar(select(kind).order_by(kind.number.desc()).limit(1))
        previous = last[kind]
        row.seal(previous.number + 1 if previous else 1, previous)
        opened.add(row)
        last[kind] = row
    opened.flush()


@contextmanager
def transaction() -> Iterator[Session]:
    """Do one change whole or not at all.

    Ends the read snapshot (a stale one makes SQLite fail at once), begins for writing, so that whatever was
    loaded before is loaded anew, lets the change happen, then numbers and inserts the rows that wait for the
    commit under one lock taken last, and commits.

    Raises:
        RuntimeError: unsaved changes were made before the transaction, or transactions are nested.
    """
    opened = session()
    if opened.info.get("in_transaction"):
        message = "transactions do not nest"
        raise RuntimeError(message)
    if opened.new or opened.dirty or opened.deleted:
        message = "something was changed outside a transaction"
        raise RuntimeError(message)
    opened.rollback()
    opened.info["in_transaction"] = True
    opened.info.pop("waiting", None)
    try:
        opened.connection(execution_options={"hub_write": True})
        yield opened
        _number_waiting(opened)
        opened.commit()
    except BaseException:
        opened.rollback()
        raise
    finally:
        opened.info.pop("in_transaction", None)
        opened.info.pop("waiting", None)
