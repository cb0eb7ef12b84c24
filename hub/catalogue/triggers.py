"""Triggers that make the database itself refuse to change an approved revision; for the migration and the tests."""

PARTS = (
    "revision_labels",
    "revision_texts",
    "revision_terms",
    "revision_countries",
    "revision_organisations",
    "revision_prerequisites",
    "revision_sources",
)
"""The tables whose rows belong to one revision, named in their column `revision_id`."""

_MESSAGE = "an approved revision refuses changes"
_APPROVED = "(SELECT status FROM innovation_revisions WHERE id = {row}.revision_id) = 'approved'"
_WHOLE = "OLD.status = 'approved'"


def create_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that protect approved revisions, to be run one by one after the tables exist.

    Args:
        dialect: SQLAlchemy's name of the database, `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return tuple(
            (
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
            for name, moment, table, condition in _guards()
        )
    statements = []
    for name, moment, table, condition in _guards():
        row = "OLD" if moment == "DELETE" else "NEW"
        body = f"IF {condition} THEN RAISE EXCEPTION '{_MESSAGE}'; END IF; RETURN {row};"
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return tuple(statements)


def drop_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that take the protection away; for the way down of a migration.

    Args:
        dialect: SQLAlchemy's name of the database, `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER {name}" for name, *_rest in _guards())
    triggers = tuple(f"DROP TRIGGER {name} ON {table}" for name, _moment, table, _condition in _guards())
    return (*triggers, *(f"DROP FUNCTION {name}()" for name, *_rest in _guards()))


def _guards() -> list[tuple[str, str, str, str]]:
    """Return (name, moment, table, condition under which the change is refused) of every trigger."""
    guards = [
        (f"innovation_revisions_{moment.lower()}", moment, "innovation_revisions", _WHOLE)
        for moment in ("UPDATE", "DELETE")
    ]
    for table in PARTS:
        # an update may also move a row from another revision into an approved one
        for moment, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            condition = " OR ".join(_APPROVED.format(row=row) for row in rows)
            guards.append((f"{table}_{moment.lower()}", moment, table, condition))
    return guards
