"""Triggers that make the database refuse to change or drop signed checkpoints and the keys that signed them.

They stop mistakes and stolen application accounts, as those of the log itself do.
"""

_CHECKPOINT_IS_FIXED = "signed checkpoints refuse changes"
_KEY_IS_FIXED = "keys of checkpoints refuse changes other than being retired once"

_UNCHANGED = ("key_id", "name", "public_key", "used_from")
_IS_RETIREMENT = " AND ".join(
    [
        "OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL AND NEW.retired_after IS NOT NULL",
        *(f"NEW.{column} = OLD.{column}" for column in _UNCHANGED),
    ]
)

_SQLITE = {
    "audit_checkpoints_insert": (
        "INSERT ON audit_checkpoints",
        "EXISTS (SELECT 1 FROM audit_checkpoints WHERE id = NEW.id)",
        _CHECKPOINT_IS_FIXED,
    ),
    "audit_checkpoints_update": ("UPDATE ON audit_checkpoints", "", _CHECKPOINT_IS_FIXED),
    "audit_checkpoints_delete": ("DELETE ON audit_checkpoints", "", _CHECKPOINT_IS_FIXED),
    "audit_keys_insert": (
        "INSERT ON audit_keys",
        "EXISTS (SELECT 1 FROM audit_keys WHERE key_id = NEW.key_id)",
        _KEY_IS_FIXED,
    ),
    "audit_keys_update": ("UPDATE ON audit_keys", f"NOT ({_IS_RETIREMENT})", _KEY_IS_FIXED),
    "audit_keys_delete": ("DELETE ON audit_keys", "", _KEY_IS_FIXED),
}

_POSTGRESQL_FUNCTIONS = {
    "audit_checkpoints_refuse": f"RAISE EXCEPTION '{_CHECKPOINT_IS_FIXED}';",
    "audit_keys_refuse": f"RAISE EXCEPTION '{_KEY_IS_FIXED}';",
    "audit_keys_update": f"IF NOT ({_IS_RETIREMENT}) THEN RAISE EXCEPTION '{_KEY_IS_FIXED}'; END IF; RETURN NEW;",
}

_POSTGRESQL_TRIGGERS = {
    "audit_checkpoints_change": (
        "audit_checkpoints",
        "UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW",
        "audit_checkpoints_refuse",
    ),
    "audit_checkpoints_truncate": (
        "audit_checkpoints",
        "TRUNCATE ON audit_checkpoints FOR EACH STATEMENT",
        "audit_checkpoints_refuse",
    ),
    "audit_keys_update": ("audit_keys", "UPDATE ON audit_keys FOR EACH ROW", "audit_keys_update"),
    "audit_keys_delete": ("audit_keys", "DELETE ON audit_keys FOR EACH ROW", "audit_keys_refuse"),
    "audit_keys_truncate": ("audit_keys", "TRUNCATE ON audit_keys FOR EACH STATEMENT", "audit_keys_refuse"),
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
        for name, (_, moment, function) in _POSTGRESQL_TRIGGERS.items()
    )
    return (*functions, *triggers)


def drop_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that take the protection away; for the way down of a migration.

    Args:
        dialect: SQLAlchemy's name of the database, `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER {name}" for name in _SQLITE)
    return (
        *(f"DROP TRIGGER {name} ON {table}" for name, (table, _, _) in _POSTGRESQL_TRIGGERS.items()),
        *(f"DROP FUNCTION {name}()" for name in _POSTGRESQL_FUNCTIONS),
    )


def _sqlite(name: str, moment: str, condition: str, message: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {moment}{when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
