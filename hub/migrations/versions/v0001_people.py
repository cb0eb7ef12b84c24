"""Members, roles, sign-in, organisations, heartbeats."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beat_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("member_type", sa.String(length=30), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "confirmed",
                "approved",
                "declined",
                "suspended",
                "lapsed",
                "erased",
                name="memberstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(email IS NULL) = (status = 'erased')", name=op.f("ck_members_email_unless_erased")
        ),
        sa.CheckConstraint(
            "status <> 'erased' OR password_hash IS NULL", name=op.f("ck_members_no_password_when_erased")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_members_email_is_lower_case")),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_members_country_is_a_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("email", name=op.f("uq_members_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_members_public_id")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("identifier_scheme", sa.String(length=40), nullable=True),
        sa.Column("identifier", sa.String(length=80), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("is_article_36_authority", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "unverified",
                "verified",
                "lapsed",
                name="organisationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    op.create_index(op.f("ix_organisations_country"), "organisations", ["country"], unique=False)
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_key", sa.String(length=64), nullable=False),
        sa.Column("network_key", sa.String(length=45), nullable=False),
        sa.Column("attempted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index(
        op.f("ix_sign_in_attempts_attempted_at"), "sign_in_attempts", ["attempted_at"], unique=False
    )
    op.create_index(
        "ix_sign_in_attempts_network", "sign_in_attempts", ["network_key", "attempted_at"], unique=False
    )
    op.create_index(
        "ix_sign_in_attempts_pair",
        "sign_in_attempts",
        ["account_key", "network_key", "attempted_at"],
        unique=False,
    )
    op.create_table(
        "law_enforcement_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("second_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("valid_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(first_verified_by_id IS NULL) = (second_verified_by_id IS NULL)",
            name=op.f("ck_law_enforcement_statuses_verified_by_two_or_none"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> member_id AND second_verified_by_id <> member_id",
            name=op.f("ck_law_enforcement_statuses_not_verified_by_oneself"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> second_verified_by_id",
            name=op.f("ck_law_enforcement_statuses_four_eyes"),
        ),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_law_enforcement_statuses_country_is_a_code")),
        sa.CheckConstraint(
            "revoked_at >= verified_at", name=op.f("ck_law_enforcement_statuses_revoked_after_it_begins")
        ),
        sa.CheckConstraint(
            "valid_until > verified_at", name=op.f("ck_law_enforcement_statuses_lapses_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["first_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_first_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_law_enforcement_statuses_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_second_verified_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_enforcement_statuses")),
    )
    op.create_index(
        op.f("ix_law_enforcement_statuses_member_id"), "law_enforcement_statuses", ["member_id"], unique=False
    )
    op.create_table(
        "organisation_memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "representative",
                "member",
                name="membershiprole",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "invited",
                "active",
                "ended",
                name="membershipstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_organisation_memberships_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_memberships_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_memberships")),
        sa.UniqueConstraint(
            "organisation_id", "member_id", name=op.f("uq_organisation_memberships_organisation_id_member_id")
        ),
    )
    op.create_index(
        op.f("ix_organisation_memberships_member_id"), "organisation_memberships", ["member_id"], unique=False
    )
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
    op.create_index(
        "uq_role_grants_in_force",
        "role_grants",
        ["member_id", "role", sa.text("coalesce(country, '')")],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("sign_in_sessions")
    op.drop_table("role_grants")
    op.drop_table("organisation_memberships")
    op.drop_table("law_enforcement_statuses")
    op.drop_table("sign_in_attempts")
    op.drop_table("organisations")
    op.drop_table("members")
    op.drop_table("heartbeats")
