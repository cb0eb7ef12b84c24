"""Triggers that make the database itself refuse to rewrite the audit log; for the migration and the tests.

They stop mistakes and stolen application accounts; whoever owns the database can drop them, which is why the
chain of hashes exists.
"""

_CHAIN_IS_FIXED = "the audit chain refuses changes"
_CHAIN_GROWS = "the audit chain grows only at its end"
_ENTRY_IS_FIXED = "audit entries refuse changes"
_ENTRY_STAYS = "an audit entry may be removed only after its erasure was logged"

# OLD may be removed: it is no erasure entry, and a later erasure entry names its number.
_IS_ERASED = (
    "OLD.tag <> 'audit:erase' AND EXISTS (SELECT 1 FROM audit_entries AS erasure "
    "WHERE erasure.tag = 'audit:erase' AND erasure.subject = 'audit:' || OLD.number "
    "AND erasure.number > OLD.number)"
)
_IS_NEXT = "NEW.number = (SELECT coalesce(max(number), 0) + 1 FROM audit_chain)"

_SQLITE = {
    "audit_chain_insert": ("INSERT ON audit_chain", f"NOT ({_IS_NEXT})", _CHAIN_GROWS),
    "audit_chain_update": ("UPDATE ON audit_chain", "", _CHAIN_IS_FIXED),
    "audit_chain_delete": ("DELETE ON audit_chain", "", _CHAIN_IS_FIXED),
    # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    "audit_entries_insert": (
        "INSERT ON audit_entries",
        "EXISTS (SELECT 1 FROM audit_entries WHERE number = NEW.number)",
        _ENTRY_IS_FIXED,
    ),
    "audit_entries_update": ("UPDATE ON audit_entries", "", _ENTRY_IS_FIXED),
    "audit_entries_delete": ("DELETE ON audit_entries", f"NOT ({_IS_ERASED})", _ENTRY_STAYS),
}

_POSTGRESQL_FUNCTIONS = {
    "audit_chain_insert": f"IF NOT ({_IS_NEXT}) THEN RAISE EXCEPTION '{_CHAIN_GROWS}'; END IF; RETURN NEW;",
    "audit_chain_refuse": f"RAISE EXCEPTION '{_CHAIN_IS_FIXED}';",
    "audit_entries_refuse": f"RAISE EXCEPTION '{_ENTRY_IS_FIXED}';",
    "audit_entries_delete": f"IF NOT ({_IS_ERASED}) THEN RAISE EXCEPTION '{_ENTRY_STAYS}'; END IF; RETURN OLD;",
}

_POSTGRESQL_TRIGGERS = {
    "audit_chain_insert": ("INSERT ON audit_chain FOR EACH ROW", "audit_chain_insert"),
    "audit_chain_update": ("UPDATE OR DELETE ON audit_chain FOR EACH ROW", "audit_chain_refuse"),
    "audit_chain_truncate": ("TRUNCATE ON audit_chain FOR EACH STATEMENT", "audit_chain_refuse"),
    "audit_entries_update": ("UPDATE ON audit_entries FOR EACH ROW", "audit_entries_refuse"),
    "audit_entries_delete": ("DELETE ON audit_entries FOR EACH ROW", "audit_entries_delete"),
    "audit_entries_truncate": ("TRUNCATE ON audit_entries FOR EACH STATEMENT", "audit_entries_refuse"),
}


def create_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that protect the two tables, to be run one by one after the tables exist.

    Args:
        dialect: SQLAlchemy's name of the database, `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return tuple(_sqlite(name, *parts) for name, parts in _SQLITE.items())
    functions = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        for name, body in _POSTGRESQL_FUNCTIONS.items()
    )
    triggers = (
        f"CREATE TRIGGER {name} BEFORE {moment} EXECUTE FUNCTION {function}()"
        for name, (moment, function) in _POSTGRESQL_TRIGGERS.items()
    )
    return (*functions, *triggers)


def drop_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that take the protection away; for the way down of a migration.

    Args:
        dialect: SQLAlchemy's name of the database, `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER {name}" for name in _SQLITE)
    triggers = (
        f"DROP TRIGGER {name} ON {'audit_chain' if name.startswith('audit_chain') else 'audit_entries'}"
        for name in _POSTGRESQL_TRIGGERS
    )
    return (*triggers, *(f"DROP FUNCTION {name}()" for name in _POSTGRESQL_FUNCTIONS))


def _sqlite(name: str, moment: str, condition: str, message: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {moment}{when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
