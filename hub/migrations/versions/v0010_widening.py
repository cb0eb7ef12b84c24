"""Proposals to publish a revision that shows its record to more people."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "innovation_proposals"
BEFORE = "action IN ('take_down', 'feature')"
AFTER = "action IN ('take_down', 'feature', 'widen')"


def upgrade() -> None:
    """Let proposals name a revision, and the digest of what was proposed."""
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("revision_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("basis", sa.String(length=64), nullable=True))
        table.drop_constraint(op.f("ck_innovation_proposals_proposedaction"), type_="check")
        table.create_check_constraint(op.f("ck_innovation_proposals_proposedaction"), AFTER)
        table.create_check_constraint(
            op.f("ck_innovation_proposals_widens_by_a_revision"),
            "(action = 'widen') = (revision_id IS NOT NULL)",
        )
        table.create_check_constraint(
            op.f("ck_innovation_proposals_widens_what_was_read"),
            "(action = 'widen') = (basis IS NOT NULL)",
        )
        table.create_foreign_key(
            op.f("fk_innovation_proposals_revision_id"), "innovation_revisions", ["revision_id"], ["id"]
        )
    op.create_index(op.f("ix_innovation_proposals_revision_id"), TABLE, ["revision_id"], unique=False)


def downgrade() -> None:
    """Forget proposals to widen; what was published by them stays published."""
    op.execute(f"DELETE FROM {TABLE} WHERE action = 'widen'")
    op.drop_index(op.f("ix_innovation_proposals_revision_id"), table_name=TABLE)
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f("fk_innovation_proposals_revision_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_innovation_proposals_widens_by_a_revision"), type_="check")
        table.drop_constraint(op.f("ck_innovation_proposals_widens_what_was_read"), type_="check")
        table.drop_constraint(op.f("ck_innovation_proposals_proposedaction"), type_="check")
        table.create_check_constraint(op.f("ck_innovation_proposals_proposedaction"), BEFORE)
        table.drop_column("basis")
        table.drop_column("revision_id")
