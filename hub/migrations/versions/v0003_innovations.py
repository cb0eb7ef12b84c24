"""Innovations and their revisions."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "innovations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("origin_country", sa.String(length=2), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "unpublished",
                "published",
                "archived",
                "taken_down",
                name="innovationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
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
        sa.Column("featured_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("review_due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("import_source", sa.String(length=80), nullable=True),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("registered_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("made_public_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_revision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("audience <> 'people'", name=op.f("ck_innovations_audience_reviewed")),
        sa.CheckConstraint(
            "status = 'unpublished' OR owner_id IS NOT NULL", name=op.f("ck_innovations_published_has_owner")
        ),
        sa.CheckConstraint(
            "status = 'unpublished' OR published_revision_id IS NOT NULL",
            name=op.f("ck_innovations_published_has_revision"),
        ),
        sa.CheckConstraint("tlp IN ('CLEAR', 'GREEN', 'AMBER')", name=op.f("ck_innovations_tlp_reviewed")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisations.id"], name=op.f("fk_innovations_owner_id")),
        sa.ForeignKeyConstraint(
            ["published_revision_id"],
            ["innovation_revisions.id"],
            name=op.f("fk_innovations_published_revision_id"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["members.id"], name=op.f("fk_innovations_registered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovations")),
        sa.UniqueConstraint(
            "import_source", "external_id", name=op.f("uq_innovations_import_source_external_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_innovations_public_id")),
        sa.UniqueConstraint("published_revision_id", name=op.f("uq_innovations_published_revision_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_innovations_slug")),
    )
    op.create_index(op.f("ix_innovations_owner_id"), "innovations", ["owner_id"], unique=False)
    op.create_index(op.f("ix_innovations_published_at"), "innovations", ["published_at"], unique=False)
    op.create_index(
        op.f("ix_innovations_registered_by_id"), "innovations", ["registered_by_id"], unique=False
    )
    op.create_index(op.f("ix_innovations_status"), "innovations", ["status"], unique=False)
    op.create_table(
        "innovation_labels",
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"],
            ["innovations.id"],
            name=op.f("fk_innovation_labels_innovation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("innovation_id", "label", name=op.f("pk_innovation_labels")),
    )
    op.create_index(
        "ix_innovation_labels_label", "innovation_labels", ["label", "innovation_id"], unique=False
    )
    op.create_table(
        "innovation_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "in_review",
                "approved",
                "changes_requested",
                "declined",
                "withdrawn",
                name="revisionstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("source_language", sa.String(length=20), nullable=False),
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
        sa.Column("is_audience_chosen", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("year_started", sa.SmallInteger(), nullable=True),
        sa.Column("licence", sa.String(length=80), nullable=True),
        sa.Column("website_url", sa.String(length=500), nullable=True),
        sa.Column("code_url", sa.String(length=500), nullable=True),
        sa.Column("documentation_url", sa.String(length=500), nullable=True),
        sa.Column("demo_url", sa.String(length=500), nullable=True),
        sa.Column("based_on", sa.String(length=500), nullable=True),
        sa.Column("cost_band", sa.String(length=40), nullable=True),
        sa.Column("staffing", sa.Text(), nullable=True),
        sa.Column("time_to_deploy", sa.String(length=200), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'in_review') = (reviewer_id IS NOT NULL)",
            name=op.f("ck_innovation_revisions_reviewer_while_in_review"),
        ),
        sa.CheckConstraint("audience <> 'people'", name=op.f("ck_innovation_revisions_audience_reviewed")),
        sa.CheckConstraint(
            "tlp IN ('CLEAR', 'GREEN', 'AMBER')", name=op.f("ck_innovation_revisions_tlp_reviewed")
        ),
        sa.CheckConstraint(
            "year_started BETWEEN 1900 AND 2100", name=op.f("ck_innovation_revisions_year_started")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["members.id"], name=op.f("fk_innovation_revisions_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_innovation_revisions_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["members.id"], name=op.f("fk_innovation_revisions_reviewer_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["members.id"], name=op.f("fk_innovation_revisions_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_revisions")),
        sa.UniqueConstraint(
            "innovation_id", "number", name=op.f("uq_innovation_revisions_innovation_id_number")
        ),
    )
    op.create_index(
        op.f("ix_innovation_revisions_reviewer_id"), "innovation_revisions", ["reviewer_id"], unique=False
    )
    op.create_index(op.f("ix_innovation_revisions_status"), "innovation_revisions", ["status"], unique=False)
    op.create_index(
        "uq_innovation_revisions_open",
        "innovation_revisions",
        ["innovation_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('draft', 'submitted', 'in_review', 'changes_requested')"),
        postgresql_where=sa.text("status IN ('draft', 'submitted', 'in_review', 'changes_requested')"),
    )
    op.create_table(
        "revision_labels",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_labels_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "label", name=op.f("pk_revision_labels")),
    )
    op.create_index("ix_revision_labels_label", "revision_labels", ["label", "revision_id"], unique=False)

    if op.get_bind().dialect.name != "sqlite":
        # the two tables name each other; SQLite, which cannot add a key later, has it from the start
        op.create_foreign_key(
            "fk_innovations_published_revision_id",
            "innovations",
            "innovation_revisions",
            ["published_revision_id"],
            ["id"],
        )


def downgrade() -> None:
    """Remove the tables."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("fk_innovations_published_revision_id", "innovations", type_="foreignkey")
    op.drop_table("revision_labels")
    op.drop_table("innovation_revisions")
    op.drop_table("innovation_labels")
    op.drop_table("innovations")
