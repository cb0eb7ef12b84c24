"""Commitments with plans, subjects, actors and what happened to them."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=True),
        sa.Column("cycle_year", sa.SmallInteger(), nullable=False),
        sa.Column("ends_year", sa.SmallInteger(), nullable=True),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_year IS NULL OR ends_year >= cycle_year", name=op.f("ck_action_plans_ends_after_it_starts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plans")),
        sa.UniqueConstraint("country", "name", name=op.f("uq_action_plans_country_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_action_plans_public_id")),
    )
    op.create_index(op.f("ix_action_plans_country"), "action_plans", ["country"], unique=False)
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "ended",
                name="commitmentstatus",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("title_in_source", sa.String(length=250), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("status_quo", sa.Text(), nullable=False),
        sa.Column("ambition", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("source_title", sa.String(length=250), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("source_notes", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_words", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status = 'draft' OR published_at IS NOT NULL", name=op.f("ck_commitments_published_has_moment")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_commitments_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["members.id"], name=op.f("fk_commitments_entered_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_commitments_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name=op.f("fk_commitments_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("code", name=op.f("uq_commitments_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitments_public_id")),
    )
    op.create_index(op.f("ix_commitments_country"), "commitments", ["country"], unique=False)
    op.create_index(op.f("ix_commitments_entered_by_id"), "commitments", ["entered_by_id"], unique=False)
    op.create_index(op.f("ix_commitments_owner_id"), "commitments", ["owner_id"], unique=False)
    op.create_index(op.f("ix_commitments_plan_id"), "commitments", ["plan_id"], unique=False)
    op.create_index("ix_commitments_status", "commitments", ["status", "country"], unique=False)
    op.create_table(
        "commitment_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column(
            "precision",
            sa.Enum(
                "day", "month", "year", name="precision", native_enum=False, length=20, create_constraint=True
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_events_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_events")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitment_events_public_id")),
    )
    op.create_index(
        op.f("ix_commitment_events_commitment_id"), "commitment_events", ["commitment_id"], unique=False
    )
    op.create_table(
        "commitment_parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "support",
                "supporter",
                "interest",
                name="partyrole",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_parties_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_commitment_parties_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_parties")),
    )
    op.create_index(
        op.f("ix_commitment_parties_commitment_id"), "commitment_parties", ["commitment_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_parties_organisation_id"), "commitment_parties", ["organisation_id"], unique=False
    )
    op.create_table(
        "commitment_terms",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "policy_area",
                "ogp_value",
                name="termscheme",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_terms_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("commitment_id", "scheme", "code", name=op.f("pk_commitment_terms")),
    )
    op.create_index(
        "ix_commitment_terms_code", "commitment_terms", ["scheme", "code", "commitment_id"], unique=False
    )


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("commitment_terms")
    op.drop_table("commitment_parties")
    op.drop_table("commitment_events")
    op.drop_table("commitments")
    op.drop_table("action_plans")
