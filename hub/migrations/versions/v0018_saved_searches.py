"""Saved searches have a name and are mailed as often as each says; those that stand, once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FREQUENCIES = ("at_once", "daily", "weekly", "off")
CHECK = "ck_follows_searches_have_a_frequency"


def _frequency() -> sa.Column[str]:
    kind = sa.Enum(*FREQUENCIES, name="frequency", native_enum=False, create_constraint=True, length=20)
    return sa.Column("frequency", kind, nullable=True)


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("follows") as follows:
        follows.add_column(_frequency())
    op.execute("UPDATE follows SET frequency = 'daily' WHERE kind = 'search'")
    with op.batch_alter_table("follows") as follows:
        follows.create_check_constraint(op.f(CHECK), "(kind = 'search') = (frequency IS NOT NULL)")
    op.add_column("follows", sa.Column("name", sa.String(length=100), server_default="", nullable=False))
    with op.batch_alter_table("notifications") as notifications:
        notifications.add_column(_frequency())
    op.add_column(
        "notifications", sa.Column("cause", sa.String(length=120), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("notifications") as notifications:
        notifications.drop_constraint(op.f("ck_notifications_frequency"), type_="check")
        notifications.drop_column("frequency")
        notifications.drop_column("cause")
    with op.batch_alter_table("follows") as follows:
        follows.drop_constraint(op.f(CHECK), type_="check")
        follows.drop_constraint(op.f("ck_follows_frequency"), type_="check")
        follows.drop_column("name")
        follows.drop_column("frequency")
