"""Notifications, digests, preferences and follows."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "at_once",
                "daily",
                "weekly",
                "off",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("frequency IN ('daily', 'weekly')", name=op.f("ck_digests_gathers")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_digests_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "member_id", "frequency", "period", name=op.f("uq_digests_member_id_frequency_period")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_digests_public_id")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "messages",
                "records",
                "organisations",
                "following",
                "desk",
                "account",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column(
            "tlp",
            sa.Enum(
                "CLEAR",
                "GREEN",
                "AMBER",
                "AMBER+STRICT",
                "RED",
                name="tlp",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT waits OR tlp <> 'RED'", name=op.f("ck_notifications_red_is_never_mailed")),
        sa.CheckConstraint("NOT waits OR digest_id IS NULL", name=op.f("ck_notifications_mailed_once")),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_notifications_digest_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_notifications_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notifications_public_id")),
    )
    op.create_index(op.f("ix_notifications_digest_id"), "notifications", ["digest_id"], unique=False)
    op.create_index("ix_notifications_member", "notifications", ["member_id", "created_at"], unique=False)
    op.create_index(op.f("ix_notifications_subject"), "notifications", ["subject"], unique=False)
    op.create_index(
        "ix_notifications_unmailed",
        "notifications",
        ["member_id", "topic"],
        unique=False,
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["member_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "notification_preferences",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "messages",
                "records",
                "organisations",
                "following",
                "desk",
                "account",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "frequency",
            sa.Enum(
                "at_once",
                "daily",
                "weekly",
                "off",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("chosen_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_notification_preferences_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "topic", name=op.f("pk_notification_preferences")),
    )
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "innovation",
                "organisation",
                "country",
                "search",
                name="followedkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("query", sa.JSON(), nullable=True),
        sa.Column("followed_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'search') = (query IS NOT NULL)", name=op.f("ck_follows_searches_have_a_query")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_follows_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("member_id", "kind", "key", name=op.f("uq_follows_member_id_kind_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follows_public_id")),
    )
    op.create_index("ix_follows_thing", "follows", ["kind", "key"], unique=False)
    op.create_table(
        "alert_marks",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alert_marks")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("alert_marks")
    op.drop_index("ix_follows_thing", table_name="follows")
    op.drop_table("follows")
    op.drop_table("notification_preferences")
    op.drop_index(
        "ix_notifications_unread",
        table_name="notifications",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index(
        "ix_notifications_unmailed",
        table_name="notifications",
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )
    op.drop_index(op.f("ix_notifications_subject"), table_name="notifications")
    op.drop_index("ix_notifications_member", table_name="notifications")
    op.drop_index(op.f("ix_notifications_digest_id"), table_name="notifications")
    op.drop_table("notifications")
    op.drop_table("digests")
