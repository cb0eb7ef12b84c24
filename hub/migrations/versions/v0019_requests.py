"""Collaboration requests with their labels, terms, receivers and requirements; the time zone of members."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "collaboration_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("posted_by_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("innovation_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("outcome_wanted", sa.Text(), nullable=False),
        sa.Column("brings", sa.Text(), nullable=False),
        sa.Column("is_open_call", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "changes_requested",
                "open",
                "in_discussion",
                "agreed",
                "active",
                "completed",
                "expired",
                "declined",
                "withdrawn",
                "cancelled",
                name="requeststatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("requirements_number", sa.Integer(), nullable=False),
        sa.Column("case_checked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("traces_checked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("first_answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("completed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closing_words", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(length=40), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
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
            "is_open_call OR status <> 'submitted'",
            name=op.f("ck_collaboration_requests_only_open_calls_are_reviewed"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'changes_requested', 'declined', 'withdrawn')"
            " OR (opened_at IS NOT NULL AND due_at IS NOT NULL AND expires_at IS NOT NULL)",
            name=op.f("ck_collaboration_requests_has_dates_once_open"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> posted_by_id", name=op.f("ck_collaboration_requests_decided_by_another")
        ),
        sa.CheckConstraint(
            "due_at IS NULL OR expires_at IS NULL OR due_at <= expires_at",
            name=op.f("ck_collaboration_requests_due_first"),
        ),
        sa.CheckConstraint(
            "taken_by_id <> posted_by_id", name=op.f("ck_collaboration_requests_taken_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_collaboration_requests_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_collaboration_requests_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_collaboration_requests_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["posted_by_id"], ["members.id"], name=op.f("fk_collaboration_requests_posted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["members.id"], name=op.f("fk_collaboration_requests_taken_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboration_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_collaboration_requests_public_id")),
    )
    op.create_index(
        op.f("ix_collaboration_requests_country"), "collaboration_requests", ["country"], unique=False
    )
    op.create_index(
        op.f("ix_collaboration_requests_decided_by_id"),
        "collaboration_requests",
        ["decided_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_collaboration_requests_innovation_id"),
        "collaboration_requests",
        ["innovation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_collaboration_requests_organisation_id"),
        "collaboration_requests",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_collaboration_requests_posted_by_id"),
        "collaboration_requests",
        ["posted_by_id"],
        unique=False,
    )
    op.create_index(
        "ix_collaboration_requests_status", "collaboration_requests", ["status", "due_at"], unique=False
    )
    op.create_index(
        op.f("ix_collaboration_requests_taken_by_id"), "collaboration_requests", ["taken_by_id"], unique=False
    )
    op.create_table(
        "request_labels",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["collaboration_requests.id"],
            name=op.f("fk_request_labels_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "label", name=op.f("pk_request_labels")),
    )
    op.create_index("ix_request_labels_label", "request_labels", ["label", "request_id"], unique=False)
    op.create_table(
        "request_receivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "answered",
                "passed",
                "gone",
                name="receiverstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(status = 'asked') = (answered_at IS NULL)", name=op.f("ck_request_receivers_answered_at")
        ),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_request_receivers_one_of_both")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["members.id"], name=op.f("fk_request_receivers_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_request_receivers_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_request_receivers_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["collaboration_requests.id"],
            name=op.f("fk_request_receivers_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_receivers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_request_receivers_public_id")),
        sa.UniqueConstraint(
            "request_id", "member_id", name=op.f("uq_request_receivers_request_id_member_id")
        ),
        sa.UniqueConstraint(
            "request_id", "organisation_id", name=op.f("uq_request_receivers_request_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_request_receivers_answered_by_id"), "request_receivers", ["answered_by_id"], unique=False
    )
    op.create_index(op.f("ix_request_receivers_member_id"), "request_receivers", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_request_receivers_organisation_id"), "request_receivers", ["organisation_id"], unique=False
    )
    op.create_table(
        "request_terms",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["collaboration_requests.id"],
            name=op.f("fk_request_terms_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "scheme", "code", name=op.f("pk_request_terms")),
    )
    op.create_table(
        "requirements_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "in_force",
                "superseded",
                "declined",
                "withdrawn",
                name="versionstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint("number = 1 OR why <> ''", name=op.f("ck_requirements_versions_says_why")),
        sa.CheckConstraint(
            "decided_by_id <> proposed_by_id", name=op.f("ck_requirements_versions_decided_by_another")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_requirements_versions_number")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_requirements_versions_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_requirements_versions_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["collaboration_requests.id"],
            name=op.f("fk_requirements_versions_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["members.id"], name=op.f("fk_requirements_versions_taken_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements_versions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_requirements_versions_public_id")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_requirements_versions_request_id_number")),
    )
    op.create_index(
        op.f("ix_requirements_versions_decided_by_id"),
        "requirements_versions",
        ["decided_by_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_requirements_versions_proposed_by_id"),
        "requirements_versions",
        ["proposed_by_id"],
        unique=False,
    )
    op.create_index("ix_requirements_versions_status", "requirements_versions", ["status"], unique=False)
    op.create_index(
        op.f("ix_requirements_versions_taken_by_id"), "requirements_versions", ["taken_by_id"], unique=False
    )
    op.create_table(
        "requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_essential", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_requirements_says_something")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["requirements_versions.id"],
            name=op.f("fk_requirements_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_requirements_public_id")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_requirements_version_id_position")),
    )
    op.add_column("members", sa.Column("time_zone", sa.String(length=60), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("members", "time_zone")
    op.drop_table("requirements")
    op.drop_index("ix_requirements_versions_taken_by_id", table_name="requirements_versions")
    op.drop_index("ix_requirements_versions_status", table_name="requirements_versions")
    op.drop_index("ix_requirements_versions_proposed_by_id", table_name="requirements_versions")
    op.drop_index("ix_requirements_versions_decided_by_id", table_name="requirements_versions")
    op.drop_table("requirements_versions")
    op.drop_table("request_terms")
    op.drop_index("ix_request_receivers_organisation_id", table_name="request_receivers")
    op.drop_index("ix_request_receivers_member_id", table_name="request_receivers")
    op.drop_index("ix_request_receivers_answered_by_id", table_name="request_receivers")
    op.drop_table("request_receivers")
    op.drop_index("ix_request_labels_label", table_name="request_labels")
    op.drop_table("request_labels")
    op.drop_index("ix_collaboration_requests_taken_by_id", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_status", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_posted_by_id", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_organisation_id", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_innovation_id", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_decided_by_id", table_name="collaboration_requests")
    op.drop_index("ix_collaboration_requests_country", table_name="collaboration_requests")
    op.drop_table("collaboration_requests")
