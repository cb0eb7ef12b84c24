"""Showcases with their labels, teams, languages, sponsors, sources and criteria."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "showcases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "call_open",
                "review",
                "programme_published",
                "live",
                "closed",
                "reported",
                "cancelled",
                name="showcasestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("host_event", sa.String(length=150), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("accessibility", sa.Text(), nullable=False),
        sa.Column("unknowns", sa.Text(), nullable=False),
        sa.Column("is_compiled", sa.Boolean(), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "on_site",
                "online",
                "hybrid",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("venue", sa.String(length=150), nullable=False),
        sa.Column("city", sa.String(length=150), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("online_url", sa.String(length=500), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("has_no_sponsors", sa.Boolean(), nullable=False),
        sa.Column("call_words", sa.Text(), nullable=False),
        sa.Column("call_opens_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("call_closes_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("registration_opens_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("asks_access_needs", sa.Boolean(), nullable=False),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decisions_sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decisions_sent_by_id", sa.Integer(), nullable=True),
        sa.Column("draft_shared_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("reported_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelling_words", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
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
        sa.CheckConstraint(
            "status = 'draft' OR (starts_at IS NOT NULL AND ends_at IS NOT NULL)",
            name=op.f("ck_showcases_has_dates"),
        ),
        sa.CheckConstraint(
            "status = 'draft' OR is_compiled OR accessibility <> ''",
            name=op.f("ck_showcases_says_how_accessible"),
        ),
        sa.CheckConstraint(
            "call_opens_at IS NULL OR call_closes_at IS NULL OR call_opens_at < call_closes_at",
            name=op.f("ck_showcases_call_opens_before_it_closes"),
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity > 0", name=op.f("ck_showcases_capacity_is_positive")
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR places_taken <= capacity", name=op.f("ck_showcases_never_oversold")
        ),
        sa.CheckConstraint("places_taken >= 0", name=op.f("ck_showcases_places_taken_is_not_negative")),
        sa.CheckConstraint(
            "registration_opens_at IS NULL OR registration_closes_at IS NULL"
            " OR registration_opens_at < registration_closes_at",
            name=op.f("ck_showcases_registration_opens_before_it_closes"),
        ),
        sa.CheckConstraint(
            "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at",
            name=op.f("ck_showcases_starts_before_end"),
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["showcases.id"], name=op.f("fk_showcases_copied_from_id")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["members.id"], name=op.f("fk_showcases_created_by_id")),
        sa.ForeignKeyConstraint(
            ["decisions_sent_by_id"], ["members.id"], name=op.f("fk_showcases_decisions_sent_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcases")),
        sa.UniqueConstraint("public_id", name=op.f("uq_showcases_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_showcases_slug")),
    )
    op.create_index(op.f("ix_showcases_copied_from_id"), "showcases", ["copied_from_id"], unique=False)
    op.create_index(op.f("ix_showcases_country"), "showcases", ["country"], unique=False)
    op.create_index(op.f("ix_showcases_created_by_id"), "showcases", ["created_by_id"], unique=False)
    op.create_index(
        op.f("ix_showcases_decisions_sent_by_id"), "showcases", ["decisions_sent_by_id"], unique=False
    )
    op.create_index("ix_showcases_status", "showcases", ["status", "starts_at"], unique=False)
    op.create_table(
        "showcase_criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 10", name=op.f("ck_showcase_criteria_weight")),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_showcase_criteria_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_criteria")),
        sa.UniqueConstraint(
            "showcase_id", "position", name=op.f("uq_showcase_criteria_showcase_id_position")
        ),
    )
    op.create_table(
        "showcase_curators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_showcase_curators_member_id")),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_showcase_curators_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_curators")),
        sa.UniqueConstraint(
            "showcase_id", "member_id", name=op.f("uq_showcase_curators_showcase_id_member_id")
        ),
    )
    op.create_index(op.f("ix_showcase_curators_member_id"), "showcase_curators", ["member_id"], unique=False)
    op.create_table(
        "showcase_labels",
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_labels_showcase_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("showcase_id", "label", name=op.f("pk_showcase_labels")),
    )
    op.create_index("ix_showcase_labels_label", "showcase_labels", ["label", "showcase_id"], unique=False)
    op.create_table(
        "showcase_languages",
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_showcase_languages_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("showcase_id", "code", name=op.f("pk_showcase_languages")),
    )
    op.create_table(
        "showcase_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_showcase_sources_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_sources")),
    )
    op.create_index(
        op.f("ix_showcase_sources_showcase_id"), "showcase_sources", ["showcase_id"], unique=False
    )
    op.create_table(
        "showcase_sponsors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("gives", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_showcase_sponsors_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_showcase_sponsors_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_sponsors")),
    )
    op.create_index(
        op.f("ix_showcase_sponsors_organisation_id"), "showcase_sponsors", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_showcase_sponsors_showcase_id"), "showcase_sponsors", ["showcase_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_showcase_sponsors_showcase_id", table_name="showcase_sponsors")
    op.drop_index("ix_showcase_sponsors_organisation_id", table_name="showcase_sponsors")
    op.drop_table("showcase_sponsors")
    op.drop_index("ix_showcase_sources_showcase_id", table_name="showcase_sources")
    op.drop_table("showcase_sources")
    op.drop_table("showcase_languages")
    op.drop_index("ix_showcase_labels_label", table_name="showcase_labels")
    op.drop_table("showcase_labels")
    op.drop_index("ix_showcase_curators_member_id", table_name="showcase_curators")
    op.drop_table("showcase_curators")
    op.drop_table("showcase_criteria")
    op.drop_index("ix_showcases_status", table_name="showcases")
    op.drop_index("ix_showcases_decisions_sent_by_id", table_name="showcases")
    op.drop_index("ix_showcases_created_by_id", table_name="showcases")
    op.drop_index("ix_showcases_country", table_name="showcases")
    op.drop_index("ix_showcases_copied_from_id", table_name="showcases")
    op.drop_table("showcases")
