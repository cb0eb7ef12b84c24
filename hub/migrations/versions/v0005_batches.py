"""Files, imports, batches, what countries state, and further columns of innovations."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADDED = (
    ("innovation_revisions", "contact_name"),
    ("innovation_revisions", "contact_address"),
    ("innovations", "featured_disclosure"),
    ("innovations", "archived_at"),
    ("innovations", "archived_words"),
    ("innovations", "evidence_level"),
    ("innovations", "evidence_year"),
    ("innovations", "is_compiled"),
    ("innovations", "is_handed_over"),
    ("revision_prerequisites", "topic"),
)
"""Columns of tables that stood before."""

INNOVATIONS = sa.table(
    "innovations",
    sa.column("id", sa.Integer()),
    sa.column("is_compiled", sa.Boolean()),
    sa.column("published_at", UtcDateTime(timezone=True)),
    sa.column("confirmed_at", UtcDateTime(timezone=True)),
    sa.column("review_due_at", UtcDateTime(timezone=True)),
)


def upgrade() -> None:
    """Make the tables and columns, and fill what follows from the old ones."""
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=43), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_files_is_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("name", name=op.f("uq_stored_files_name")),
    )
    op.create_table(
        "approval_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("collection", sa.String(length=60), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["members.id"], name=op.f("fk_approval_batches_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_batches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_approval_batches_public_id")),
    )
    op.create_table(
        "country_statements",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ready",
                "needs",
                "blocked",
                name="readinessstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=False),
        sa.Column("stated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["stated_by_id"], ["members.id"], name=op.f("fk_country_statements_stated_by_id")
        ),
        sa.PrimaryKeyConstraint("country", "topic", name=op.f("pk_country_statements")),
    )
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "running",
                "finished",
                "failed",
                name="importstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("beat_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_import_runs_file_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["members.id"], name=op.f("fk_import_runs_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_runs_public_id")),
    )
    op.create_index(op.f("ix_import_runs_started_by_id"), "import_runs", ["started_by_id"], unique=False)
    op.create_index(op.f("ix_import_runs_status"), "import_runs", ["status"], unique=False)
    op.create_table(
        "approval_batch_entries",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["approval_batches.id"], name=op.f("fk_approval_batch_entries_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_approval_batch_entries_revision_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "revision_id", name=op.f("pk_approval_batch_entries")),
    )
    op.create_index(
        op.f("ix_approval_batch_entries_revision_id"), "approval_batch_entries", ["revision_id"], unique=False
    )
    op.add_column("innovation_revisions", sa.Column("contact_name", sa.String(length=200), nullable=True))
    op.add_column("innovation_revisions", sa.Column("contact_address", sa.String(length=500), nullable=True))
    op.add_column("innovations", sa.Column("featured_disclosure", sa.String(length=300), nullable=True))
    op.add_column("innovations", sa.Column("archived_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("innovations", sa.Column("archived_words", sa.Text(), nullable=True))
    op.add_column("innovations", sa.Column("evidence_level", sa.SmallInteger(), nullable=True))
    op.add_column("innovations", sa.Column("evidence_year", sa.SmallInteger(), nullable=True))
    op.add_column(
        "innovations", sa.Column("is_compiled", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "innovations", sa.Column("is_handed_over", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(op.f("ix_innovations_featured_at"), "innovations", ["featured_at"], unique=False)
    op.add_column("revision_prerequisites", sa.Column("topic", sa.String(length=60), nullable=True))
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE innovations SET is_compiled = :true WHERE import_source IS NOT NULL AND confirmed_at IS NULL"
        ),
        {"true": True},
    )
    # so far only coordinators imported
    bind.execute(
        sa.text(
            "UPDATE innovations SET import_source = 'hub/' || import_source WHERE import_source IS NOT NULL"
        )
    )
    for number, confirmed in bind.execute(
        sa.select(INNOVATIONS.c.id, INNOVATIONS.c.published_at).where(
            INNOVATIONS.c.published_at.is_not(None), INNOVATIONS.c.is_compiled.is_(False)
        )
    ).all():
        bind.execute(
            INNOVATIONS.update()
            .where(INNOVATIONS.c.id == number)
            .values(confirmed_at=confirmed, review_due_at=confirmed + timedelta(days=365))
        )


def downgrade() -> None:
    """Take them away."""
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE innovations SET import_source = substr(import_source, 5) WHERE import_source LIKE 'hub/%'"
        )
    )
    op.drop_index("ix_innovations_featured_at", table_name="innovations")
    for table, column in ADDED:
        op.drop_column(table, column)
    op.drop_table("approval_batch_entries")
    op.drop_table("import_runs")
    op.drop_table("country_statements")
    op.drop_table("approval_batches")
    op.drop_table("stored_files")
