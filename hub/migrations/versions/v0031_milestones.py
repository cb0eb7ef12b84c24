"""Milestones of commitments with metrics; evidence, assessments, owners and hand-overs."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column(
            "maker",
            sa.Enum("self", "irm", name="maker", native_enum=False, length=20, create_constraint=True),
            nullable=False,
        ),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("report", sa.String(length=150), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("maker <> 'irm' OR source_url <> ''", name=op.f("ck_assessments_irm_has_source")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_assessments_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["members.id"], name=op.f("fk_assessments_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessments_public_id")),
    )
    op.create_index(op.f("ix_assessments_commitment_id"), "assessments", ["commitment_id"], unique=False)
    op.create_index(op.f("ix_assessments_recorded_by_id"), "assessments", ["recorded_by_id"], unique=False)
    op.create_table(
        "commitment_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("to_member_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(length=150), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "withdrawn",
                "lapsed",
                name="handoverstatus",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "to_member_id <> offered_by_id OR status <> 'accepted'",
            name=op.f("ck_commitment_handovers_two_people"),
        ),
        sa.CheckConstraint("offered_at < expires_at", name=op.f("ck_commitment_handovers_time_to_answer")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_handovers_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["members.id"], name=op.f("fk_commitment_handovers_offered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_member_id"], ["members.id"], name=op.f("fk_commitment_handovers_to_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_handovers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitment_handovers_public_id")),
    )
    op.create_index(
        op.f("ix_commitment_handovers_commitment_id"), "commitment_handovers", ["commitment_id"], unique=False
    )
    op.create_index(
        "ix_commitment_handovers_expiry", "commitment_handovers", ["status", "expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_handovers_offered_by_id"), "commitment_handovers", ["offered_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_handovers_to_member_id"), "commitment_handovers", ["to_member_id"], unique=False
    )
    op.create_index(
        "uq_commitment_handovers_open",
        "commitment_handovers",
        ["commitment_id"],
        unique=True,
        sqlite_where=sa.text("status = 'offered'"),
        postgresql_where=sa.text("status = 'offered'"),
    )
    op.create_table(
        "commitment_ownerships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(length=150), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= began_on",
            name=op.f("ck_commitment_ownerships_ends_after_it_began"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_ownerships_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_commitment_ownerships_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_ownerships")),
    )
    op.create_index(
        op.f("ix_commitment_ownerships_commitment_id"),
        "commitment_ownerships",
        ["commitment_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_commitment_ownerships_member_id"), "commitment_ownerships", ["member_id"], unique=False
    )
    op.create_index(
        "uq_commitment_ownerships_open",
        "commitment_ownerships",
        ["commitment_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("due_first_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "limited",
                "substantial",
                "complete",
                "dropped",
                name="milestonestatus",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("status_words", sa.String(length=1000), nullable=False),
        sa.Column("moved_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_milestones_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("commitment_id", "number", name=op.f("uq_milestones_commitment_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestones_public_id")),
    )
    op.create_table(
        "assessment_ratings",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("fk_assessment_ratings_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "scale", "about", name=op.f("pk_assessment_ratings")),
    )
    op.create_table(
        "commitment_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "given",
                "accepted",
                "rejected",
                "withdrawn",
                name="evidencestatus",
                native_enum=False,
                length=20,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'rejected') OR (decided_by_id IS NOT NULL AND decided_by_id <> given_by_id)",
            name=op.f("ck_commitment_evidence_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_evidence_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_commitment_evidence_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["members.id"], name=op.f("fk_commitment_evidence_given_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestones.id"],
            name=op.f("fk_commitment_evidence_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitment_evidence_public_id")),
    )
    op.create_index(
        op.f("ix_commitment_evidence_commitment_id"), "commitment_evidence", ["commitment_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_evidence_decided_by_id"), "commitment_evidence", ["decided_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_evidence_given_by_id"), "commitment_evidence", ["given_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_commitment_evidence_milestone_id"), "commitment_evidence", ["milestone_id"], unique=False
    )
    op.create_index(op.f("ix_commitment_evidence_status"), "commitment_evidence", ["status"], unique=False)
    op.create_table(
        "milestone_metrics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=60), nullable=False),
        sa.Column("breakdown", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.CheckConstraint("target >= 0", name=op.f("ck_milestone_metrics_target_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestones.id"],
            name=op.f("fk_milestone_metrics_milestone_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_metrics")),
        sa.UniqueConstraint(
            "milestone_id",
            "metric",
            "breakdown",
            name=op.f("uq_milestone_metrics_milestone_id_metric_breakdown"),
        ),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("milestone_metrics")
    op.drop_table("commitment_evidence")
    op.drop_table("assessment_ratings")
    op.drop_table("milestones")
    op.drop_table("commitment_ownerships")
    op.drop_table("commitment_handovers")
    op.drop_table("assessments")
