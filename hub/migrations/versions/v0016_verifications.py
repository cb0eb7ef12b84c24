"""Requests to verify organisations, merges of two that are one, erasures of logged matter."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisation_verifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "approved",
                "declined",
                "withdrawn",
                name="verificationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status <> 'approved' OR evidence <> ''",
            name=op.f("ck_organisation_verifications_approved_on_evidence"),
        ),
        sa.CheckConstraint(
            "status <> 'declined' OR decision_words <> ''",
            name=op.f("ck_organisation_verifications_declined_with_words"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_organisation_verifications_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> requested_by_id",
            name=op.f("ck_organisation_verifications_not_decided_by_who_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_organisation_verifications_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_verifications_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["members.id"], name=op.f("fk_organisation_verifications_requested_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_verifications")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_verifications_public_id")),
    )
    op.create_index(
        op.f("ix_organisation_verifications_organisation_id"),
        "organisation_verifications",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_verifications_requested_by_id"),
        "organisation_verifications",
        ["requested_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organisation_verifications_status"), "organisation_verifications", ["status"], unique=False
    )
    op.create_index(
        "uq_organisation_verifications_open",
        "organisation_verifications",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("status = 'requested'"),
        postgresql_where=sa.text("status = 'requested'"),
    )
    op.create_table(
        "organisation_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "approved",
                "declined",
                "withdrawn",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_organisation_merges_four_eyes"),
        ),
        sa.CheckConstraint("organisation_id <> into_id", name=op.f("ck_organisation_merges_into_another")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_organisation_merges_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["organisations.id"], name=op.f("fk_organisation_merges_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_organisation_merges_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_organisation_merges_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_merges")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_merges_public_id")),
    )
    op.create_index(op.f("ix_organisation_merges_into_id"), "organisation_merges", ["into_id"], unique=False)
    op.create_index(
        op.f("ix_organisation_merges_proposed_by_id"), "organisation_merges", ["proposed_by_id"], unique=False
    )
    op.create_index(op.f("ix_organisation_merges_status"), "organisation_merges", ["status"], unique=False)
    op.create_index(
        "uq_organisation_merges_open",
        "organisation_merges",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "log_erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "approved",
                "declined",
                "withdrawn",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_log_erasures_four_eyes"),
        ),
        sa.CheckConstraint("highest > 0", name=op.f("ck_log_erasures_covers_something")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_log_erasures_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_log_erasures_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_erasures")),
        sa.UniqueConstraint("public_id", name=op.f("uq_log_erasures_public_id")),
    )
    op.create_index(op.f("ix_log_erasures_proposed_by_id"), "log_erasures", ["proposed_by_id"], unique=False)
    op.create_index(op.f("ix_log_erasures_status"), "log_erasures", ["status"], unique=False)
    op.create_index(
        "uq_log_erasures_open",
        "log_erasures",
        ["subject"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(
        "uq_log_erasures_open",
        table_name="log_erasures",
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.drop_index(op.f("ix_log_erasures_status"), table_name="log_erasures")
    op.drop_index(op.f("ix_log_erasures_proposed_by_id"), table_name="log_erasures")
    op.drop_table("log_erasures")
    op.drop_index(
        "uq_organisation_merges_open",
        table_name="organisation_merges",
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.drop_index(op.f("ix_organisation_merges_status"), table_name="organisation_merges")
    op.drop_index(op.f("ix_organisation_merges_proposed_by_id"), table_name="organisation_merges")
    op.drop_index(op.f("ix_organisation_merges_into_id"), table_name="organisation_merges")
    op.drop_table("organisation_merges")
    op.drop_index(
        "uq_organisation_verifications_open",
        table_name="organisation_verifications",
        sqlite_where=sa.text("status = 'requested'"),
        postgresql_where=sa.text("status = 'requested'"),
    )
    op.drop_index(op.f("ix_organisation_verifications_status"), table_name="organisation_verifications")
    op.drop_index(
        op.f("ix_organisation_verifications_requested_by_id"), table_name="organisation_verifications"
    )
    op.drop_index(
        op.f("ix_organisation_verifications_organisation_id"), table_name="organisation_verifications"
    )
    op.drop_table("organisation_verifications")
