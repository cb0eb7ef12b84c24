"""Takes back what a part of a test did, so that the next part begins where it began."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def undone(database: Session) -> Iterator[None]:
    """Take back whatever is stored inside, committed or not.

    Args:
        database: the session of the test, whose every commit is a savepoint.
    """
    database.commit()
    point = database.get_bind().begin_nested()
    try:
        yield
    finally:
        database.rollback()
        point.rollback()
        database.expire_all()
