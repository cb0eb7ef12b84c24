"""Responses to requests with their answers, and questions."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "request_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "answered",
                "set_aside",
                "withdrawn",
                name="questionstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'answered' OR (answer <> '' AND answered_at IS NOT NULL)",
            name=op.f("ck_request_questions_answered"),
        ),
        sa.CheckConstraint(
            "answered_by_id <> asked_by_id", name=op.f("ck_request_questions_answered_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["members.id"], name=op.f("fk_request_questions_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["members.id"], name=op.f("fk_request_questions_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["collaboration_requests.id"], name=op.f("fk_request_questions_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_request_questions_public_id")),
    )
    op.create_index(
        op.f("ix_request_questions_answered_by_id"), "request_questions", ["answered_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_questions_asked_by_id"), "request_questions", ["asked_by_id"], unique=False
    )
    op.create_index(
        "ix_request_questions_request", "request_questions", ["request_id", "status"], unique=False
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("innovation_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "shortlisted",
                "accepted",
                "declined",
                "withdrawn",
                name="responsestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("requirements_number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
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
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("first_answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(length=40), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status = 'draft' OR submitted_at IS NOT NULL", name=op.f("ck_responses_submitted_at")
        ),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'declined') OR decided_at IS NOT NULL",
            name=op.f("ck_responses_decided_at"),
        ),
        sa.CheckConstraint("decided_by_id <> responder_id", name=op.f("ck_responses_decided_by_another")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["members.id"], name=op.f("fk_responses_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_responses_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_responses_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["collaboration_requests.id"], name=op.f("fk_responses_request_id")
        ),
        sa.ForeignKeyConstraint(["responder_id"], ["members.id"], name=op.f("fk_responses_responder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("public_id", name=op.f("uq_responses_public_id")),
    )
    op.create_index(op.f("ix_responses_decided_by_id"), "responses", ["decided_by_id"], unique=False)
    op.create_index(op.f("ix_responses_innovation_id"), "responses", ["innovation_id"], unique=False)
    op.create_index(op.f("ix_responses_organisation_id"), "responses", ["organisation_id"], unique=False)
    op.create_index(
        "ix_responses_request",
        "responses",
        ["request_id", "status", "first_answered_at", "submitted_at", "tlp"],
        unique=False,
    )
    op.create_index(op.f("ix_responses_responder_id"), "responses", ["responder_id"], unique=False)
    op.create_index(
        "uq_responses_one_each",
        "responses",
        ["request_id", "responder_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'withdrawn'"),
        postgresql_where=sa.text("status <> 'withdrawn'"),
    )
    op.create_table(
        "response_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.Column(
            "fit",
            sa.Enum("met", "partly", "not", name="fit", native_enum=False, create_constraint=True, length=20),
            nullable=True,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_response_answers_innovation_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirements.id"],
            name=op.f("fk_response_answers_requirement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.id"],
            name=op.f("fk_response_answers_response_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_answers")),
        sa.UniqueConstraint(
            "response_id", "requirement_id", name=op.f("uq_response_answers_response_id_requirement_id")
        ),
    )
    op.create_index(
        op.f("ix_response_answers_innovation_id"), "response_answers", ["innovation_id"], unique=False
    )
    op.create_index(
        op.f("ix_response_answers_requirement_id"), "response_answers", ["requirement_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_response_answers_requirement_id", table_name="response_answers")
    op.drop_index("ix_response_answers_innovation_id", table_name="response_answers")
    op.drop_table("response_answers")
    op.drop_index("uq_responses_one_each", table_name="responses")
    op.drop_index("ix_responses_responder_id", table_name="responses")
    op.drop_index("ix_responses_request", table_name="responses")
    op.drop_index("ix_responses_organisation_id", table_name="responses")
    op.drop_index("ix_responses_innovation_id", table_name="responses")
    op.drop_index("ix_responses_decided_by_id", table_name="responses")
    op.drop_table("responses")
    op.drop_index("ix_request_questions_request", table_name="request_questions")
    op.drop_index("ix_request_questions_asked_by_id", table_name="request_questions")
    op.drop_index("ix_request_questions_answered_by_id", table_name="request_questions")
    op.drop_table("request_questions")
