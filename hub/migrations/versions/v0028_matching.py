"""Weights, dismissals, exposure and what was told of matching; introductions; invitations to requests."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "match_exposures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("firsts", sa.Integer(), nullable=False),
        sa.Column("lifted", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "things >= 0 AND places >= 0 AND firsts >= 0 AND lifted BETWEEN 0 AND places",
            name=op.f("ck_match_exposures_counts"),
        ),
        sa.PrimaryKeyConstraint("day", "kind", "dimension", "value", name=op.f("pk_match_exposures")),
    )
    op.create_table(
        "match_strengths",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("innovation", sa.SmallInteger(), nullable=False),
        sa.Column("person", sa.SmallInteger(), nullable=False),
        sa.Column("measured_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "innovation BETWEEN 0 AND 100 AND person BETWEEN 0 AND 100",
            name=op.f("ck_match_strengths_percent"),
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_match_strengths")),
    )
    op.create_table(
        "exposure_floors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_exposure_floors_says_why")),
        sa.CheckConstraint("percent BETWEEN 0 AND 30", name=op.f("ck_exposure_floors_percent")),
        sa.ForeignKeyConstraint(["set_by_id"], ["members.id"], name=op.f("fk_exposure_floors_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_floors")),
    )
    op.create_index(op.f("ix_exposure_floors_set_by_id"), "exposure_floors", ["set_by_id"], unique=False)
    op.create_table(
        "introductions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("contact_of_asker", sa.String(length=254), nullable=False),
        sa.Column("contact_of_asked", sa.String(length=254), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "withdrawn",
                "expired",
                name="introductionstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("is_delivered", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'asked') = (ended_at IS NULL)", name=op.f("ck_introductions_ended_at")),
        sa.CheckConstraint(
            "status <> 'accepted' OR is_delivered", name=op.f("ck_introductions_accepted_by_who_was_asked")
        ),
        sa.CheckConstraint(
            "status = 'accepted' OR contact_of_asked = ''",
            name=op.f("ck_introductions_contact_of_asked_once_accepted"),
        ),
        sa.CheckConstraint("asked_by_id <> asked_id", name=op.f("ck_introductions_to_another")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["members.id"], name=op.f("fk_introductions_asked_by_id")),
        sa.ForeignKeyConstraint(["asked_id"], ["members.id"], name=op.f("fk_introductions_asked_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introductions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_introductions_public_id")),
    )
    op.create_index(
        "ix_introductions_asked_by_id", "introductions", ["asked_by_id", "asked_at"], unique=False
    )
    op.create_index("ix_introductions_asked_id", "introductions", ["asked_id", "status"], unique=False)
    op.create_index(op.f("ix_introductions_expires_at"), "introductions", ["expires_at"], unique=False)
    op.create_index(
        "uq_introductions_asked",
        "introductions",
        ["asked_by_id", "asked_id"],
        unique=True,
        sqlite_where=sa.text("status = 'asked'"),
        postgresql_where=sa.text("status = 'asked'"),
    )
    op.create_table(
        "match_dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("dismissed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_match_dismissals_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_dismissals")),
        sa.UniqueConstraint(
            "member_id", "purpose", "subject", name=op.f("uq_match_dismissals_member_id_purpose_subject")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_dismissals_public_id")),
    )
    op.create_index(op.f("ix_match_dismissals_subject"), "match_dismissals", ["subject"], unique=False)
    op.create_table(
        "match_weights",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "words",
                "need",
                "skills",
                "functions",
                "offences",
                "sectors",
                "standards",
                "for_whom",
                "open_to",
                "country",
                "language",
                "maturity",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("emphasis", sa.SmallInteger(), nullable=False),
        sa.Column("chosen_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("emphasis BETWEEN 0 AND 3", name=op.f("ck_match_weights_emphasis")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_match_weights_member_id")),
        sa.PrimaryKeyConstraint("member_id", "part", name=op.f("pk_match_weights")),
    )
    op.create_table(
        "suggestion_rounds",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_suggestion_rounds_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_suggestion_rounds")),
    )
    op.create_table(
        "suggestions_told",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_suggestions_told_member_id")),
        sa.PrimaryKeyConstraint("member_id", "subject", name=op.f("pk_suggestions_told")),
    )
    op.create_table(
        "request_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_request_invitations_one_of_both"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["members.id"], name=op.f("fk_request_invitations_invited_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_request_invitations_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_request_invitations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["collaboration_requests.id"],
            name=op.f("fk_request_invitations_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_invitations")),
        sa.UniqueConstraint(
            "request_id", "member_id", name=op.f("uq_request_invitations_request_id_member_id")
        ),
        sa.UniqueConstraint(
            "request_id", "organisation_id", name=op.f("uq_request_invitations_request_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_request_invitations_invited_by_id"), "request_invitations", ["invited_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_invitations_member_id"), "request_invitations", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_invitations_organisation_id"),
        "request_invitations",
        ["organisation_id"],
        unique=False,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_request_invitations_organisation_id", table_name="request_invitations")
    op.drop_index("ix_request_invitations_member_id", table_name="request_invitations")
    op.drop_index("ix_request_invitations_invited_by_id", table_name="request_invitations")
    op.drop_table("request_invitations")
    op.drop_table("suggestions_told")
    op.drop_table("suggestion_rounds")
    op.drop_table("match_weights")
    op.drop_index("ix_match_dismissals_subject", table_name="match_dismissals")
    op.drop_table("match_dismissals")
    op.drop_index("uq_introductions_asked", table_name="introductions")
    op.drop_index("ix_introductions_expires_at", table_name="introductions")
    op.drop_index("ix_introductions_asked_id", table_name="introductions")
    op.drop_index("ix_introductions_asked_by_id", table_name="introductions")
    op.drop_table("introductions")
    op.drop_index("ix_exposure_floors_set_by_id", table_name="exposure_floors")
    op.drop_table("exposure_floors")
    op.drop_table("match_strengths")
    op.drop_table("match_exposures")
