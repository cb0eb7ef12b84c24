"""Readings of metrics; keys and signed checkpoints of the audit log."""

import sqlalchemy as sa
from alembic import op

from hub.audit.checkpoints import triggers
from hub.core.database import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_keys",
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("public_key", sa.String(length=60), nullable=False),
        sa.Column("used_from", UtcDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("retired_after", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (retired_after IS NULL)", name=op.f("ck_audit_keys_retired")
        ),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_audit_keys")),
    )
    op.create_table(
        "metric_readings",
        sa.Column("metric", sa.String(length=60), nullable=False),
        sa.Column("breakdown", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("as_of", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("metric", "breakdown", "day", name=op.f("pk_metric_readings")),
    )
    op.create_table(
        "audit_checkpoints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_audit_checkpoints_entries")),
        sa.ForeignKeyConstraint(["key_id"], ["audit_keys.key_id"], name=op.f("fk_audit_checkpoints_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checkpoints")),
    )
    op.create_index("ix_audit_checkpoints_entries", "audit_checkpoints", ["entries", "id"], unique=False)
    op.create_index(op.f("ix_audit_checkpoints_key_id"), "audit_checkpoints", ["key_id"], unique=False)
    op.create_index(op.f("ix_audit_checkpoints_made_at"), "audit_checkpoints", ["made_at"], unique=False)
    for statement in triggers.create_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    for statement in triggers.drop_statements(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("audit_checkpoints")
    op.drop_table("metric_readings")
    op.drop_table("audit_keys")
