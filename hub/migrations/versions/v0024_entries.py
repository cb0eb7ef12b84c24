"""Entries of showcases with presenters and material; scores, remarks and proposals to feature them."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "showcase_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "proposed",
                "under_review",
                "accepted",
                "waitlisted",
                "rejected",
                "confirmed",
                "presented",
                "not_presented",
                "withdrawn",
                name="entrystatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "talk",
                "demo",
                "poster",
                "online",
                name="entryformat",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("pitch", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("embargo_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "pending",
            sa.Enum(
                "accept",
                "waitlist",
                "reject",
                name="entrydecision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("pending_words", sa.Text(), nullable=False),
        sa.Column("pending_by_id", sa.Integer(), nullable=True),
        sa.Column("pending_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("waitlist_position", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("presence_words", sa.Text(), nullable=False),
        sa.Column("is_featured", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "pending IS NULL OR status = 'under_review'", name=op.f("ck_showcase_entries_pending_until_sent")
        ),
        sa.CheckConstraint(
            "status = 'draft' OR proposed_at IS NOT NULL", name=op.f("ck_showcase_entries_proposed_at")
        ),
        sa.CheckConstraint(
            "(pending IS NULL) = (pending_at IS NULL)", name=op.f("ck_showcase_entries_pending_at")
        ),
        sa.CheckConstraint(
            "decided_by_id <> proposed_by_id", name=op.f("ck_showcase_entries_decided_by_another")
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_showcase_entries_minutes")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_showcase_entries_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_showcase_entries_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_showcase_entries_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["pending_by_id"], ["members.id"], name=op.f("fk_showcase_entries_pending_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_showcase_entries_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_entries_showcase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_showcase_entries_public_id")),
    )
    op.create_index(
        op.f("ix_showcase_entries_decided_by_id"), "showcase_entries", ["decided_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_showcase_entries_innovation_id"), "showcase_entries", ["innovation_id"], unique=False
    )
    op.create_index(
        op.f("ix_showcase_entries_organisation_id"), "showcase_entries", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_showcase_entries_pending_by_id"), "showcase_entries", ["pending_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_showcase_entries_proposed_by_id"), "showcase_entries", ["proposed_by_id"], unique=False
    )
    op.create_index("ix_showcase_entries_status", "showcase_entries", ["showcase_id", "status"], unique=False)
    op.create_index(
        "uq_showcase_entries_once",
        "showcase_entries",
        ["showcase_id", "innovation_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'withdrawn'"),
        postgresql_where=sa.text("status <> 'withdrawn'"),
    )
    op.create_table(
        "entry_feature_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
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
            name=op.f("ck_entry_feature_proposals_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_entry_feature_proposals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["showcase_entries.id"], name=op.f("fk_entry_feature_proposals_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_entry_feature_proposals_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_feature_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_feature_proposals_public_id")),
    )
    op.create_index(
        op.f("ix_entry_feature_proposals_proposed_by_id"),
        "entry_feature_proposals",
        ["proposed_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_entry_feature_proposals_status"), "entry_feature_proposals", ["status"], unique=False
    )
    op.create_index(
        "uq_entry_feature_proposals_open",
        "entry_feature_proposals",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "entry_materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "slides",
                "poster",
                "handout",
                "recording",
                name="materialkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stored_file_id IS NULL) <> (url IS NULL)", name=op.f("ck_entry_materials_one_of_both")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_entry_materials_added_by_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["showcase_entries.id"],
            name=op.f("fk_entry_materials_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_files.id"], name=op.f("fk_entry_materials_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_materials")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_materials_public_id")),
        sa.UniqueConstraint("stored_file_id", name=op.f("uq_entry_materials_stored_file_id")),
    )
    op.create_index(op.f("ix_entry_materials_added_by_id"), "entry_materials", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_entry_materials_entry_id"), "entry_materials", ["entry_id"], unique=False)
    op.create_table(
        "entry_presenters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "confirmed",
                "stepped_back",
                "gone",
                name="presenterstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("member_id IS NULL OR name = ''", name=op.f("ck_entry_presenters_one_of_both")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["showcase_entries.id"],
            name=op.f("fk_entry_presenters_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_entry_presenters_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_presenters")),
        sa.UniqueConstraint("entry_id", "member_id", name=op.f("uq_entry_presenters_entry_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_presenters_public_id")),
    )
    op.create_index(op.f("ix_entry_presenters_member_id"), "entry_presenters", ["member_id"], unique=False)
    op.create_table(
        "entry_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_entry_remarks_author_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["showcase_entries.id"], name=op.f("fk_entry_remarks_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_remarks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_remarks_public_id")),
    )
    op.create_index(op.f("ix_entry_remarks_author_id"), "entry_remarks", ["author_id"], unique=False)
    op.create_index(op.f("ix_entry_remarks_entry_id"), "entry_remarks", ["entry_id"], unique=False)
    op.create_table(
        "entry_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("curator_id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["curator_id"], ["members.id"], name=op.f("fk_entry_reviews_curator_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["showcase_entries.id"], name=op.f("fk_entry_reviews_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_reviews")),
        sa.UniqueConstraint("entry_id", "curator_id", name=op.f("uq_entry_reviews_entry_id_curator_id")),
    )
    op.create_index(op.f("ix_entry_reviews_curator_id"), "entry_reviews", ["curator_id"], unique=False)
    op.create_table(
        "entry_scores",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points BETWEEN 1 AND 5", name=op.f("ck_entry_scores_points")),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["showcase_criteria.id"],
            name=op.f("fk_entry_scores_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["entry_reviews.id"], name=op.f("fk_entry_scores_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "criterion_id", name=op.f("pk_entry_scores")),
    )
    op.create_index(op.f("ix_entry_scores_criterion_id"), "entry_scores", ["criterion_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_entry_scores_criterion_id", table_name="entry_scores")
    op.drop_table("entry_scores")
    op.drop_index("ix_entry_reviews_curator_id", table_name="entry_reviews")
    op.drop_table("entry_reviews")
    op.drop_index("ix_entry_remarks_entry_id", table_name="entry_remarks")
    op.drop_index("ix_entry_remarks_author_id", table_name="entry_remarks")
    op.drop_table("entry_remarks")
    op.drop_index("ix_entry_presenters_member_id", table_name="entry_presenters")
    op.drop_table("entry_presenters")
    op.drop_index("ix_entry_materials_entry_id", table_name="entry_materials")
    op.drop_index("ix_entry_materials_added_by_id", table_name="entry_materials")
    op.drop_table("entry_materials")
    op.drop_index("uq_entry_feature_proposals_open", table_name="entry_feature_proposals")
    op.drop_index("ix_entry_feature_proposals_status", table_name="entry_feature_proposals")
    op.drop_index("ix_entry_feature_proposals_proposed_by_id", table_name="entry_feature_proposals")
    op.drop_table("entry_feature_proposals")
    op.drop_index("uq_showcase_entries_once", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_status", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_proposed_by_id", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_pending_by_id", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_organisation_id", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_innovation_id", table_name="showcase_entries")
    op.drop_index("ix_showcase_entries_decided_by_id", table_name="showcase_entries")
    op.drop_table("showcase_entries")
