"""Notifications have a topic for commitments; going back those are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

BEFORE = (
    "messages",
    "records",
    "collaboration",
    "showcases",
    "matches",
    "organisations",
    "following",
    "desk",
    "account",
)
AFTER = (
    "messages",
    "records",
    "collaboration",
    "showcases",
    "matches",
    "commitments",
    "organisations",
    "following",
    "desk",
    "account",
)


def _allow(topics: tuple[str, ...]) -> None:
    """Let the column `topic` hold these values."""
    allowed = sa.column("topic").in_(topics)
    for name in ("notifications", "notification_preferences"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_topic"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_topic"), allowed)
            if name == "notifications":
                # SQLite makes the table anew and would write the default in brackets
                table.alter_column("cause", server_default="")


def upgrade() -> None:
    """Allow the topic."""
    _allow(AFTER)


def downgrade() -> None:
    """Take it away; choices for it are forgotten."""
    for name in ("notifications", "notification_preferences"):
        op.execute(f"DELETE FROM {name} WHERE topic = 'commitments'")
    _allow(BEFORE)
