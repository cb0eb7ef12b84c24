"""Shortlists, what is on them, and with whom they are shared."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shortlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_shortlists_has_a_name")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_shortlists_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlists")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortlists_public_id")),
    )
    op.create_index("ix_shortlists_member", "shortlists", ["member_id"])
    op.create_table(
        "shortlist_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_shortlist_entries_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["shortlist_id"],
            ["shortlists.id"],
            name=op.f("fk_shortlist_entries_shortlist_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortlist_entries_public_id")),
        sa.UniqueConstraint(
            "shortlist_id", "innovation_id", name=op.f("uq_shortlist_entries_shortlist_id_innovation_id")
        ),
    )
    op.create_table(
        "shortlist_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("shared_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_shortlist_shares_with_one_of_both"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_shortlist_shares_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_shortlist_shares_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["shortlist_id"],
            ["shortlists.id"],
            name=op.f("fk_shortlist_shares_shortlist_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_shares")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shortlist_shares_public_id")),
        sa.UniqueConstraint(
            "shortlist_id", "member_id", name=op.f("uq_shortlist_shares_shortlist_id_member_id")
        ),
        sa.UniqueConstraint(
            "shortlist_id", "organisation_id", name=op.f("uq_shortlist_shares_shortlist_id_organisation_id")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("shortlist_shares")
    op.drop_table("shortlist_entries")
    op.drop_index("ix_shortlists_member", table_name="shortlists")
    op.drop_table("shortlists")
