"""Requests for a partner may be about a showcase, or be born from one of its entries."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "collaboration_requests"
NAMES = {"showcase_id": "showcases", "entry_id": "showcase_entries"}


def upgrade() -> None:
    """Add the columns; what stands is about neither, and no report counts it."""
    with op.batch_alter_table(TABLE) as table:
        for name, target in NAMES.items():
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{TABLE}_{name}"), target, [name], ["id"])
            table.create_index(op.f(f"ix_{TABLE}_{name}"), [name], unique=False)
        table.add_column(sa.Column("is_counted", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.create_check_constraint(
            op.f(f"ck_{TABLE}_entry_of_showcase"), "entry_id IS NULL OR showcase_id IS NOT NULL"
        )


def downgrade() -> None:
    """Take them away; the requests stay, and are about no showcase any more."""
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(f"ck_{TABLE}_entry_of_showcase"), type_="check")
        table.drop_column("is_counted")
        for name in reversed(NAMES):
            table.drop_index(op.f(f"ix_{TABLE}_{name}"))
            table.drop_constraint(op.f(f"fk_{TABLE}_{name}"), type_="foreignkey")
            table.drop_column(name)
