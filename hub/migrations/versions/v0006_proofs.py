"""Replications, evidence and annexes."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "annexes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "members",
                "law_enforcement",
                "organisations",
                "people",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
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
        sa.CheckConstraint("body <> '' OR file_id IS NOT NULL", name=op.f("ck_annexes_holds_something")),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_annexes_added_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_annexes_file_id")),
        sa.ForeignKeyConstraint(["innovation_id"], ["innovations.id"], name=op.f("fk_annexes_innovation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annexes")),
        sa.UniqueConstraint("file_id", name=op.f("uq_annexes_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_annexes_public_id")),
    )
    op.create_index(op.f("ix_annexes_innovation_id"), "annexes", ["innovation_id"], unique=False)
    op.create_table(
        "replications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("adopter_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("adapted", sa.Text(), nullable=False),
        sa.Column("cost_band", sa.String(length=40), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "claimed",
                "confirmed",
                "evidenced",
                "verified",
                "disputed",
                "withdrawn",
                "failed",
                name="replicationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum("owner", "adopter", name="side", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("claimed_by_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'evidenced', 'verified') OR confirmed_by_id IS NOT NULL",
            name=op.f("ck_replications_confirmed_by_somebody"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> claimed_by_id",
            name=op.f("ck_replications_two_sided"),
        ),
        sa.ForeignKeyConstraint(
            ["adopter_id"], ["organisations.id"], name=op.f("fk_replications_adopter_id")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["members.id"], name=op.f("fk_replications_claimed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["members.id"], name=op.f("fk_replications_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_replications_innovation_id")
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["members.id"], name=op.f("fk_replications_taken_by_id")),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["members.id"], name=op.f("fk_replications_verified_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replications")),
        sa.UniqueConstraint("public_id", name=op.f("uq_replications_public_id")),
    )
    op.create_index(op.f("ix_replications_adopter_id"), "replications", ["adopter_id"], unique=False)
    op.create_index(op.f("ix_replications_claimed_by_id"), "replications", ["claimed_by_id"], unique=False)
    op.create_index(op.f("ix_replications_innovation_id"), "replications", ["innovation_id"], unique=False)
    op.create_index(op.f("ix_replications_status"), "replications", ["status"], unique=False)
    op.create_index(op.f("ix_replications_taken_by_id"), "replications", ["taken_by_id"], unique=False)
    op.create_index(
        "uq_replications_adopter",
        "replications",
        ["innovation_id", "adopter_id", "country"],
        unique=True,
        sqlite_where=sa.text("status <> 'withdrawn'"),
        postgresql_where=sa.text("status <> 'withdrawn'"),
    )
    op.create_table(
        "annex_labels",
        sa.Column("annex_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["annex_id"], ["annexes.id"], name=op.f("fk_annex_labels_annex_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("annex_id", "label", name=op.f("pk_annex_labels")),
    )
    op.create_index("ix_annex_labels_label", "annex_labels", ["label", "annex_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("replication_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("is_independent", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "accepted",
                "rejected",
                "withdrawn",
                name="evidencestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status <> 'rejected' OR decision_words <> ''", name=op.f("ck_evidence_reasoned")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> added_by_id",
            name=op.f("ck_evidence_decided_by_another"),
        ),
        sa.CheckConstraint("url IS NOT NULL OR file_id IS NOT NULL", name=op.f("ck_evidence_can_be_read")),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_evidence_added_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["members.id"], name=op.f("fk_evidence_decided_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_evidence_file_id")),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_evidence_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["replication_id"], ["replications.id"], name=op.f("fk_evidence_replication_id")
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["members.id"], name=op.f("fk_evidence_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("file_id", name=op.f("uq_evidence_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    op.create_index(op.f("ix_evidence_added_by_id"), "evidence", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_evidence_innovation_id"), "evidence", ["innovation_id"], unique=False)
    op.create_index(op.f("ix_evidence_replication_id"), "evidence", ["replication_id"], unique=False)
    op.create_index(op.f("ix_evidence_status"), "evidence", ["status"], unique=False)
    op.create_index(op.f("ix_evidence_taken_by_id"), "evidence", ["taken_by_id"], unique=False)
    op.create_table(
        "replication_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("replication_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("owner", "adopter", name="side", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_replication_statements_says_something")),
        sa.ForeignKeyConstraint(
            ["replication_id"], ["replications.id"], name=op.f("fk_replication_statements_replication_id")
        ),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["members.id"], name=op.f("fk_replication_statements_said_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replication_statements")),
    )
    op.create_index(
        op.f("ix_replication_statements_replication_id"),
        "replication_statements",
        ["replication_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("replication_statements")
    op.drop_table("evidence")
    op.drop_table("annex_labels")
    op.drop_table("replications")
    op.drop_table("annexes")
