"""Conversations about responses, plans, outcomes, steps of service levels, and what a report of abuse quotes."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "service_level_steps",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "seven_days",
                "two_days",
                "expires_soon",
                "focal_point",
                "coordinators",
                "step_overdue",
                "six_months",
                "twelve_months",
                name="levelstep",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "step", "since", name=op.f("pk_service_level_steps")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
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
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_conversations_response_id")),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["members.id"], name=op.f("fk_conversations_started_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conversations_public_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_conversations_response_id")),
    )
    op.create_index(op.f("ix_conversations_started_by_id"), "conversations", ["started_by_id"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column(
            "moment",
            sa.Enum(
                "completion",
                "six_months",
                "twelve_months",
                name="outcomemoment",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "requester", "responder", name="side", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "recorded",
                "agreed",
                "disputed",
                name="outcomestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("replication_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'recorded') = (answered_at IS NULL)", name=op.f("ck_outcomes_answered_at")
        ),
        sa.CheckConstraint("status <> 'disputed' OR answer_words <> ''", name=op.f("ck_outcomes_says_why")),
        sa.CheckConstraint("answered_by_id <> recorded_by_id", name=op.f("ck_outcomes_signed_by_both")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["members.id"], name=op.f("fk_outcomes_answered_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["members.id"], name=op.f("fk_outcomes_recorded_by_id")),
        sa.ForeignKeyConstraint(
            ["replication_id"], ["replications.id"], name=op.f("fk_outcomes_replication_id")
        ),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_outcomes_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outcomes_public_id")),
        sa.UniqueConstraint("response_id", "moment", name=op.f("uq_outcomes_response_id_moment")),
    )
    op.create_index(op.f("ix_outcomes_answered_by_id"), "outcomes", ["answered_by_id"], unique=False)
    op.create_index(op.f("ix_outcomes_recorded_by_id"), "outcomes", ["recorded_by_id"], unique=False)
    op.create_index(op.f("ix_outcomes_replication_id"), "outcomes", ["replication_id"], unique=False)
    op.create_index("ix_outcomes_status", "outcomes", ["status"], unique=False)
    op.create_table(
        "plan_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column(
            "owner",
            sa.Enum(
                "requester", "responder", name="side", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_plan_steps_says_something")),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_plan_steps_added_by_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["members.id"], name=op.f("fk_plan_steps_done_by_id")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_plan_steps_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_steps")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_steps_public_id")),
    )
    op.create_index(op.f("ix_plan_steps_added_by_id"), "plan_steps", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_plan_steps_done_by_id"), "plan_steps", ["done_by_id"], unique=False)
    op.create_index("ix_plan_steps_response", "plan_steps", ["response_id", "position"], unique=False)
    op.create_index(
        "ix_plan_steps_undone",
        "plan_steps",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "conversation_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "requester", "responder", name="side", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
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
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_conversation_messages_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_conversation_messages_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_conversation_messages_public_id")),
    )
    op.create_index(
        op.f("ix_conversation_messages_author_id"), "conversation_messages", ["author_id"], unique=False
    )
    op.create_index(
        "ix_conversation_messages_conversation",
        "conversation_messages",
        ["conversation_id", "id"],
        unique=False,
    )
    op.create_table(
        "coordinator_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=False),
        sa.Column("called_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "answered",
                "withdrawn",
                name="callstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'answered') = (answer <> '')", name=op.f("ck_coordinator_calls_answered")
        ),
        sa.CheckConstraint("taken_by_id <> called_by_id", name=op.f("ck_coordinator_calls_taken_by_another")),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["members.id"], name=op.f("fk_coordinator_calls_called_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_coordinator_calls_conversation_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["members.id"], name=op.f("fk_coordinator_calls_taken_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinator_calls")),
        sa.UniqueConstraint("public_id", name=op.f("uq_coordinator_calls_public_id")),
    )
    op.create_index(
        op.f("ix_coordinator_calls_called_by_id"), "coordinator_calls", ["called_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_coordinator_calls_conversation_id"), "coordinator_calls", ["conversation_id"], unique=False
    )
    op.create_index(
        op.f("ix_coordinator_calls_taken_by_id"), "coordinator_calls", ["taken_by_id"], unique=False
    )
    op.create_index(
        "uq_coordinator_calls_open",
        "coordinator_calls",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("status = 'asked'"),
        postgresql_where=sa.text("status = 'asked'"),
    )
    op.create_table(
        "participations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "requester", "responder", name="side", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("left_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("shows_reading", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_participations_conversation_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_participations_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participations")),
        sa.UniqueConstraint(
            "conversation_id", "member_id", name=op.f("uq_participations_conversation_id_member_id")
        ),
    )
    op.create_index(op.f("ix_participations_member_id"), "participations", ["member_id"], unique=False)
    op.create_table(
        "message_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_message_files_file_id")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["conversation_messages.id"], name=op.f("fk_message_files_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_files")),
        sa.UniqueConstraint("file_id", name=op.f("uq_message_files_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_message_files_public_id")),
    )
    op.create_index(op.f("ix_message_files_message_id"), "message_files", ["message_id"], unique=False)
    op.add_column("abuse_reports", sa.Column("quoted", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "abuse_reports", sa.Column("quoted_from", sa.String(length=120), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("abuse_reports", "quoted_from")
    op.drop_column("abuse_reports", "quoted")
    op.drop_index("ix_message_files_message_id", table_name="message_files")
    op.drop_table("message_files")
    op.drop_index("ix_participations_member_id", table_name="participations")
    op.drop_table("participations")
    op.drop_index("uq_coordinator_calls_open", table_name="coordinator_calls")
    op.drop_index("ix_coordinator_calls_taken_by_id", table_name="coordinator_calls")
    op.drop_index("ix_coordinator_calls_conversation_id", table_name="coordinator_calls")
    op.drop_index("ix_coordinator_calls_called_by_id", table_name="coordinator_calls")
    op.drop_table("coordinator_calls")
    op.drop_index("ix_conversation_messages_conversation", table_name="conversation_messages")
    op.drop_index("ix_conversation_messages_author_id", table_name="conversation_messages")
    op.drop_table("conversation_messages")
    op.drop_index("ix_plan_steps_undone", table_name="plan_steps")
    op.drop_index("ix_plan_steps_response", table_name="plan_steps")
    op.drop_index("ix_plan_steps_done_by_id", table_name="plan_steps")
    op.drop_index("ix_plan_steps_added_by_id", table_name="plan_steps")
    op.drop_table("plan_steps")
    op.drop_index("ix_outcomes_status", table_name="outcomes")
    op.drop_index("ix_outcomes_replication_id", table_name="outcomes")
    op.drop_index("ix_outcomes_recorded_by_id", table_name="outcomes")
    op.drop_index("ix_outcomes_answered_by_id", table_name="outcomes")
    op.drop_table("outcomes")
    op.drop_index("ix_conversations_started_by_id", table_name="conversations")
    op.drop_table("conversations")
    op.drop_table("service_level_steps")
