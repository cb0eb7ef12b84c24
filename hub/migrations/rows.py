"""Carries the rows of a small table over while a migration makes it anew: SQLite adds no constraint to a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import RowMapping


def take_rows(name: str) -> Sequence[RowMapping]:
    """Return the rows of a table and drop it."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(_table(name)).order_by(sa.text("id"))).mappings().all()
    op.drop_table(name)
    return rows


def put_rows(name: str, rows: Sequence[Mapping[Any, Any]]) -> None:
    """Put rows into the table made anew; columns that it lacks are left out."""
    connection = op.get_bind()
    table = _table(name)
    if rows:
        kept = [{key: value for key, value in row.items() if key in table.c} for row in rows]
        connection.execute(sa.insert(table), kept)
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), coalesce(max(id), 1), count(*) > 0)"  # noqa: S608 - a constant
                f" FROM {name}"
            )
        )


def _table(name: str) -> sa.TableClause:
    columns = sa.inspect(op.get_bind()).get_columns(name)
    return sa.table(name, *(sa.column(each["name"], each["type"]) for each in columns))
