"""Grants by two people, sessions that wait for a second factor, language and vetting of members.

Upgrading drops `granted_by_id` of grants that stood, since one person is not two; downgrading does not bring it back.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime
from hub.core.ids import new_public_id
from hub.migrations.rows import put_rows, take_rows

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and constraints; everybody signs in again."""
    op.add_column(
        "members", sa.Column("language", sa.String(length=20), nullable=False, server_default="en-GB")
    )
    op.add_column("members", sa.Column("vetted_until", UtcDateTime(timezone=True), nullable=True))
    op.execute(
        sa.text("UPDATE members SET vetted_until = :until WHERE status = 'approved'").bindparams(
            sa.bindparam("until", datetime.now(UTC) + timedelta(days=365), UtcDateTime())
        )
    )
    op.create_index(op.f("ix_members_vetted_until"), "members", ["vetted_until"], unique=False)
    op.drop_table("sign_in_sessions")
    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("challenge", sa.String(length=100), nullable=True),
        sa.Column("challenge_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ended_at >= created_at", name=op.f("ck_sign_in_sessions_ends_after_it_begins")),
        sa.CheckConstraint(
            "last_seen_at >= created_at", name=op.f("ck_sign_in_sessions_seen_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_sign_in_sessions_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_sessions_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_sessions_member_id"), "sign_in_sessions", ["member_id"], unique=False)
    grants = take_rows("role_grants")
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "focal_point",
                "coordinator",
                "integrity_officer",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(role = 'focal_point') = (country IS NOT NULL)",
            name=op.f("ck_role_grants_country_of_focal_points"),
        ),
        sa.CheckConstraint("ended_at >= granted_at", name=op.f("ck_role_grants_ends_after_it_begins")),
        sa.CheckConstraint(
            "granted_by_id <> member_id AND approved_by_id <> member_id",
            name=op.f("ck_role_grants_not_granted_by_oneself"),
        ),
        sa.CheckConstraint(
            "(granted_by_id IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_role_grants_granted_by_two_or_none"),
        ),
        sa.CheckConstraint("granted_by_id <> approved_by_id", name=op.f("ck_role_grants_four_eyes")),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_role_grants_country_is_a_code")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["members.id"], name=op.f("fk_role_grants_granted_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_role_grants_member_id")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["members.id"], name=op.f("fk_role_grants_approved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_grants_public_id")),
    )
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        ["member_id", "role", sa.text("coalesce(country, '')")],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_role_grants_member_id"), "role_grants", ["member_id"], unique=False)
    # until now grants were made at the machine; a single person named there was no second pair of eyes
    bare = {"granted_by_id": None, "approved_by_id": None, "is_named": False}
    put_rows("role_grants", [{**row, **bare, "public_id": new_public_id()} for row in grants])


def downgrade() -> None:
    """Take them away."""
    grants = take_rows("role_grants")
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "focal_point",
                "coordinator",
                "integrity_officer",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'focal_point') = (country IS NOT NULL)",
            name=op.f("ck_role_grants_country_of_focal_points"),
        ),
        sa.CheckConstraint("ended_at >= granted_at", name=op.f("ck_role_grants_ends_after_it_begins")),
        sa.CheckConstraint("granted_by_id <> member_id", name=op.f("ck_role_grants_not_granted_by_oneself")),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_role_grants_country_is_a_code")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["members.id"], name=op.f("fk_role_grants_granted_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_role_grants_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        ["member_id", "role", sa.text("coalesce(country, '')")],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    put_rows("role_grants", grants)
    op.drop_table("sign_in_sessions")
    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.CheckConstraint("ended_at >= created_at", name=op.f("ck_sign_in_sessions_ends_after_it_begins")),
        sa.CheckConstraint(
            "last_seen_at >= created_at", name=op.f("ck_sign_in_sessions_seen_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_sign_in_sessions_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_sessions_member_id"), "sign_in_sessions", ["member_id"], unique=False)
    op.drop_index(op.f("ix_members_vetted_until"), table_name="members")
    op.drop_column("members", "vetted_until")
    op.drop_column("members", "language")
