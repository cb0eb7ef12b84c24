"""What happens to records after publication: claims, offers, problem reports, proposals."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "innovation_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "take_down",
                "feature",
                name="proposedaction",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("disclosure", sa.String(length=300), nullable=False),
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
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "action <> 'feature' OR disclosure <> ''", name=op.f("ck_innovation_proposals_discloses_sponsors")
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_innovation_proposals_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_innovation_proposals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_innovation_proposals_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_innovation_proposals_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["members.id"], name=op.f("fk_innovation_proposals_taken_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_innovation_proposals_public_id")),
    )
    op.create_index(
        op.f("ix_innovation_proposals_innovation_id"), "innovation_proposals", ["innovation_id"], unique=False
    )
    op.create_index(
        op.f("ix_innovation_proposals_proposed_by_id"),
        "innovation_proposals",
        ["proposed_by_id"],
        unique=False,
    )
    op.create_index(op.f("ix_innovation_proposals_status"), "innovation_proposals", ["status"], unique=False)
    op.create_index(
        op.f("ix_innovation_proposals_taken_by_id"), "innovation_proposals", ["taken_by_id"], unique=False
    )
    op.create_index(
        "uq_innovation_proposals_open",
        "innovation_proposals",
        ["innovation_id", "action"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "ownership_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("from_organisation_id", sa.Integer(), nullable=False),
        sa.Column("to_organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "offered",
                "accepted",
                "declined",
                "withdrawn",
                name="offerstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "from_organisation_id <> to_organisation_id", name=op.f("ck_ownership_offers_to_another")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["members.id"], name=op.f("fk_ownership_offers_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_ownership_offers_from_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_ownership_offers_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["members.id"], name=op.f("fk_ownership_offers_offered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_organisation_id"], ["organisations.id"], name=op.f("fk_ownership_offers_to_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership_offers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ownership_offers_public_id")),
    )
    op.create_index(
        op.f("ix_ownership_offers_innovation_id"), "ownership_offers", ["innovation_id"], unique=False
    )
    op.create_index(
        op.f("ix_ownership_offers_to_organisation_id"),
        "ownership_offers",
        ["to_organisation_id"],
        unique=False,
    )
    op.create_index(
        "uq_ownership_offers_open",
        "ownership_offers",
        ["innovation_id"],
        unique=True,
        sqlite_where=sa.text("status = 'offered'"),
        postgresql_where=sa.text("status = 'offered'"),
    )
    op.create_table(
        "problem_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "answered",
                name="problemstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status <> 'answered' OR answer <> ''", name=op.f("ck_problem_reports_answered")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_problem_reports_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_problem_reports_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["members.id"], name=op.f("fk_problem_reports_reported_by_id")
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["members.id"], name=op.f("fk_problem_reports_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_problem_reports_public_id")),
    )
    op.create_index(
        op.f("ix_problem_reports_innovation_id"), "problem_reports", ["innovation_id"], unique=False
    )
    op.create_index(
        op.f("ix_problem_reports_reported_by_id"), "problem_reports", ["reported_by_id"], unique=False
    )
    op.create_index(op.f("ix_problem_reports_status"), "problem_reports", ["status"], unique=False)
    op.create_index(op.f("ix_problem_reports_taken_by_id"), "problem_reports", ["taken_by_id"], unique=False)
    op.create_table(
        "record_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "accepted",
                "declined",
                "withdrawn",
                name="claimstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("claimed_by_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'declined' OR decision_words <> ''", name=op.f("ck_record_claims_reasoned")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> claimed_by_id",
            name=op.f("ck_record_claims_decided_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["members.id"], name=op.f("fk_record_claims_claimed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_record_claims_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_record_claims_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_record_claims_organisation_id")
        ),
        sa.ForeignKeyConstraint(["taken_by_id"], ["members.id"], name=op.f("fk_record_claims_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_claims")),
        sa.UniqueConstraint("public_id", name=op.f("uq_record_claims_public_id")),
    )
    op.create_index(op.f("ix_record_claims_claimed_by_id"), "record_claims", ["claimed_by_id"], unique=False)
    op.create_index(op.f("ix_record_claims_innovation_id"), "record_claims", ["innovation_id"], unique=False)
    op.create_index(
        op.f("ix_record_claims_organisation_id"), "record_claims", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_record_claims_status"), "record_claims", ["status"], unique=False)
    op.create_index(op.f("ix_record_claims_taken_by_id"), "record_claims", ["taken_by_id"], unique=False)
    op.create_index(
        "uq_record_claims_open",
        "record_claims",
        ["innovation_id"],
        unique=True,
        sqlite_where=sa.text("status = 'submitted'"),
        postgresql_where=sa.text("status = 'submitted'"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("record_claims")
    op.drop_table("problem_reports")
    op.drop_table("ownership_offers")
    op.drop_table("innovation_proposals")
