"""Law-enforcement status that is asked for and verified by two; organisations found by their name."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime
from hub.core.ids import new_public_id
from hub.migrations.rows import put_rows, take_rows

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the states and constraints; what was verified stays so, what was revoked too."""
    op.add_column(
        "organisations", sa.Column("name_key", sa.String(length=400), nullable=False, server_default="")
    )
    organisations = sa.table("organisations", sa.column("id"), sa.column("name"), sa.column("name_key"))
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(organisations.c.id, organisations.c.name)).all():
        connection.execute(
            sa.update(organisations)
            .where(organisations.c.id == number)
            .values(name_key=" ".join(name.casefold().split()))
        )
    op.create_index(op.f("ix_organisations_name_key"), "organisations", ["name_key"], unique=False)
    statuses = take_rows("law_enforcement_statuses")
    op.create_table(
        "law_enforcement_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "supported",
                "verified",
                "declined",
                "withdrawn",
                "revoked",
                name="lawenforcementstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("first_verified_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("second_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("valid_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_law_enforcement_statuses_country_is_a_code")),
        sa.CheckConstraint(
            "status NOT IN ('verified', 'revoked')"
            " OR (first_verified_by_id IS NULL) = (second_verified_by_id IS NULL)",
            name=op.f("ck_law_enforcement_statuses_verified_by_two_or_none"),
        ),
        sa.CheckConstraint(
            "status <> 'supported' OR first_verified_by_id IS NOT NULL",
            name=op.f("ck_law_enforcement_statuses_supported_by_one"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> second_verified_by_id",
            name=op.f("ck_law_enforcement_statuses_four_eyes"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> member_id AND second_verified_by_id <> member_id",
            name=op.f("ck_law_enforcement_statuses_not_verified_by_oneself"),
        ),
        sa.CheckConstraint(
            "status <> 'verified' OR (verified_at IS NOT NULL AND valid_until IS NOT NULL)",
            name=op.f("ck_law_enforcement_statuses_verified_until"),
        ),
        sa.CheckConstraint(
            "valid_until > verified_at", name=op.f("ck_law_enforcement_statuses_lapses_after_it_begins")
        ),
        sa.CheckConstraint(
            "ended_at >= verified_at", name=op.f("ck_law_enforcement_statuses_revoked_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_law_enforcement_statuses_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_law_enforcement_statuses_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["first_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_first_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["second_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_second_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["members.id"], name=op.f("fk_law_enforcement_statuses_ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_enforcement_statuses")),
        sa.UniqueConstraint("public_id", name=op.f("uq_law_enforcement_statuses_public_id")),
    )
    op.create_index(
        op.f("ix_law_enforcement_statuses_member_id"), "law_enforcement_statuses", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_law_enforcement_statuses_status"), "law_enforcement_statuses", ["status"], unique=False
    )
    op.create_index(
        "uq_law_enforcement_statuses_open",
        "law_enforcement_statuses",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('requested', 'supported')"),
        postgresql_where=sa.text("status IN ('requested', 'supported')"),
    )
    put_rows(
        "law_enforcement_statuses",
        [
            {
                **row,
                "public_id": new_public_id(),
                "words": "",
                "decision_words": "",
                "status": "revoked" if row["revoked_at"] else "verified",
                "requested_at": row["verified_at"],
                "ended_at": row["revoked_at"],
            }
            for row in statuses
        ],
    )


def downgrade() -> None:
    """Take them away, and with them what is not verified and so opens nothing."""
    statuses = take_rows("law_enforcement_statuses")
    op.create_table(
        "law_enforcement_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("second_verified_by_id", sa.Integer(), nullable=True),
        sa.Column("valid_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(first_verified_by_id IS NULL) = (second_verified_by_id IS NULL)",
            name=op.f("ck_law_enforcement_statuses_verified_by_two_or_none"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> member_id AND second_verified_by_id <> member_id",
            name=op.f("ck_law_enforcement_statuses_not_verified_by_oneself"),
        ),
        sa.CheckConstraint(
            "first_verified_by_id <> second_verified_by_id",
            name=op.f("ck_law_enforcement_statuses_four_eyes"),
        ),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_law_enforcement_statuses_country_is_a_code")),
        sa.CheckConstraint(
            "revoked_at >= verified_at", name=op.f("ck_law_enforcement_statuses_revoked_after_it_begins")
        ),
        sa.CheckConstraint(
            "valid_until > verified_at", name=op.f("ck_law_enforcement_statuses_lapses_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["first_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_first_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_law_enforcement_statuses_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_verified_by_id"],
            ["members.id"],
            name=op.f("fk_law_enforcement_statuses_second_verified_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_enforcement_statuses")),
    )
    op.create_index(
        op.f("ix_law_enforcement_statuses_member_id"), "law_enforcement_statuses", ["member_id"], unique=False
    )
    put_rows(
        "law_enforcement_statuses",
        [{**row, "revoked_at": row["ended_at"]} for row in statuses if row["verified_at"]],
    )
    op.drop_index(op.f("ix_organisations_name_key"), "organisations")
    op.drop_column("organisations", "name_key")
