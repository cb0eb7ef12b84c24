"""Programmes of showcases, registrations and seats, calendar addresses, and what came of showcases."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_calendar_feeds_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("member_id", name=op.f("uq_calendar_feeds_member_id")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_calendar_feeds_secret_digest")),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("guest_name", sa.String(length=150), nullable=False),
        sa.Column("guest_email", sa.String(length=254), nullable=False),
        sa.Column("guest_language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "unconfirmed",
                "asked",
                "registered",
                "waiting",
                "cancelled",
                "declined",
                name="registrationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
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
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("registered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.Column("access_needs", sa.Text(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("listed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("check_in_code", sa.String(length=43), nullable=False),
        sa.Column("checked_in_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("checked_in_by_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attendance <> 'hybrid'", name=op.f("ck_registrations_one_way_of_taking_part")),
        sa.CheckConstraint(
            "attendance = 'on_site' OR status <> 'waiting'", name=op.f("ck_registrations_online_has_no_limit")
        ),
        sa.CheckConstraint(
            "member_id IS NULL OR (guest_name = '' AND guest_email = '')",
            name=op.f("ck_registrations_one_of_both"),
        ),
        sa.CheckConstraint(
            "status IN ('unconfirmed', 'cancelled', 'declined') OR number IS NOT NULL",
            name=op.f("ck_registrations_has_number"),
        ),
        sa.CheckConstraint("is_listed = (listed_at IS NOT NULL)", name=op.f("ck_registrations_listed_at")),
        sa.ForeignKeyConstraint(
            ["checked_in_by_id"], ["members.id"], name=op.f("fk_registrations_checked_in_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_registrations_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_registrations_member_id")),
        sa.ForeignKeyConstraint(["showcase_id"], ["showcases.id"], name=op.f("fk_registrations_showcase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("check_in_code", name=op.f("uq_registrations_check_in_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registrations_public_id")),
        sa.UniqueConstraint("showcase_id", "number", name=op.f("uq_registrations_showcase_id_number")),
    )
    op.create_index(
        op.f("ix_registrations_checked_in_by_id"), "registrations", ["checked_in_by_id"], unique=False
    )
    op.create_index(op.f("ix_registrations_decided_by_id"), "registrations", ["decided_by_id"], unique=False)
    op.create_index(op.f("ix_registrations_member_id"), "registrations", ["member_id"], unique=False)
    op.create_index(
        "ix_registrations_status", "registrations", ["showcase_id", "status", "number"], unique=False
    )
    op.create_index(
        "uq_registrations_guest",
        "registrations",
        ["showcase_id", "guest_email"],
        unique=True,
        sqlite_where=sa.text("status NOT IN ('unconfirmed', 'cancelled', 'declined') AND guest_email <> ''"),
        postgresql_where=sa.text(
            "status NOT IN ('unconfirmed', 'cancelled', 'declined') AND guest_email <> ''"
        ),
    )
    op.create_index(
        "uq_registrations_member",
        "registrations",
        ["showcase_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("status NOT IN ('cancelled', 'declined')"),
        postgresql_where=sa.text("status NOT IN ('cancelled', 'declined')"),
    )
    op.create_table(
        "showcase_rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("access_words", sa.String(length=300), nullable=False),
        sa.Column("free_from", UtcDateTime(timezone=True), nullable=True),
        sa.Column("free_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "free_from IS NULL OR free_until IS NULL OR free_from < free_until",
            name=op.f("ck_showcase_rooms_free"),
        ),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_rooms_showcase_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_rooms")),
        sa.UniqueConstraint("public_id", name=op.f("uq_showcase_rooms_public_id")),
        sa.UniqueConstraint("showcase_id", "name", name=op.f("uq_showcase_rooms_showcase_id_name")),
    )
    op.create_table(
        "showcase_tallies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("presented", sa.Integer(), nullable=False),
        sa.Column("registrations", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("partnerships", sa.Integer(), nullable=False),
        sa.Column("outcomes", sa.Integer(), nullable=False),
        sa.Column("replications", sa.Integer(), nullable=False),
        sa.CheckConstraint("months IN (0, 6, 12)", name=op.f("ck_showcase_tallies_months")),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_tallies_showcase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_tallies")),
        sa.UniqueConstraint("showcase_id", "months", name=op.f("uq_showcase_tallies_showcase_id_months")),
    )
    op.create_table(
        "showcase_steps",
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "soon",
                name="showcasestep",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_steps_showcase_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("showcase_id", "step", "since", name=op.f("pk_showcase_steps")),
    )
    op.create_table(
        "showcase_tracks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_tracks_showcase_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_tracks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_showcase_tracks_public_id")),
        sa.UniqueConstraint("showcase_id", "name", name=op.f("uq_showcase_tracks_showcase_id_name")),
    )
    op.create_table(
        "showcase_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "entry",
                "plenary",
                "break",
                name="slotkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind = 'entry' OR entry_id IS NULL", name=op.f("ck_showcase_slots_only_entry_slots_have_one")
        ),
        sa.CheckConstraint(
            "kind = 'entry' OR title <> ''", name=op.f("ck_showcase_slots_others_have_a_title")
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity > 0", name=op.f("ck_showcase_slots_capacity_is_positive")
        ),
        sa.CheckConstraint(
            "capacity IS NULL OR seats_taken <= capacity", name=op.f("ck_showcase_slots_never_oversold")
        ),
        sa.CheckConstraint("seats_taken >= 0", name=op.f("ck_showcase_slots_seats_taken_is_not_negative")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_showcase_slots_starts_before_end")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["showcase_entries.id"], name=op.f("fk_showcase_slots_entry_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["showcase_rooms.id"], name=op.f("fk_showcase_slots_room_id")),
        sa.ForeignKeyConstraint(
            ["showcase_id"], ["showcases.id"], name=op.f("fk_showcase_slots_showcase_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["showcase_tracks.id"], name=op.f("fk_showcase_slots_track_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase_slots")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_showcase_slots_entry_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_showcase_slots_public_id")),
    )
    op.create_index(op.f("ix_showcase_slots_room_id"), "showcase_slots", ["room_id"], unique=False)
    op.create_index(
        "ix_showcase_slots_time", "showcase_slots", ["showcase_id", "starts_at", "position"], unique=False
    )
    op.create_index(op.f("ix_showcase_slots_track_id"), "showcase_slots", ["track_id"], unique=False)
    op.create_table(
        "programme_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("showcase_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "added",
                "moved",
                "changed",
                "removed",
                name="changekind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("room_before", sa.String(length=150), nullable=False),
        sa.Column("room_after", sa.String(length=150), nullable=False),
        sa.Column("started_before", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_before", UtcDateTime(timezone=True), nullable=True),
        sa.Column("starts_after", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ends_after", UtcDateTime(timezone=True), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["members.id"], name=op.f("fk_programme_changes_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["showcase_entries.id"], name=op.f("fk_programme_changes_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["showcase_id"],
            ["showcases.id"],
            name=op.f("fk_programme_changes_showcase_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["showcase_slots.id"], name=op.f("fk_programme_changes_slot_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_changes")),
    )
    op.create_index(
        op.f("ix_programme_changes_changed_by_id"), "programme_changes", ["changed_by_id"], unique=False
    )
    op.create_index(op.f("ix_programme_changes_entry_id"), "programme_changes", ["entry_id"], unique=False)
    op.create_index(
        op.f("ix_programme_changes_showcase_id"), "programme_changes", ["showcase_id"], unique=False
    )
    op.create_index(op.f("ix_programme_changes_slot_id"), "programme_changes", ["slot_id"], unique=False)
    op.create_table(
        "slot_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "taken", "waiting", name="seatstatus", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_slot_seats_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["showcase_slots.id"], name=op.f("fk_slot_seats_slot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_seats")),
        sa.UniqueConstraint("registration_id", "slot_id", name=op.f("uq_slot_seats_registration_id_slot_id")),
        sa.UniqueConstraint("slot_id", "number", name=op.f("uq_slot_seats_slot_id_number")),
    )
    op.create_index("ix_slot_seats_status", "slot_seats", ["slot_id", "status", "number"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_slot_seats_status", table_name="slot_seats")
    op.drop_table("slot_seats")
    op.drop_index("ix_programme_changes_slot_id", table_name="programme_changes")
    op.drop_index("ix_programme_changes_showcase_id", table_name="programme_changes")
    op.drop_index("ix_programme_changes_entry_id", table_name="programme_changes")
    op.drop_index("ix_programme_changes_changed_by_id", table_name="programme_changes")
    op.drop_table("programme_changes")
    op.drop_index("ix_showcase_slots_track_id", table_name="showcase_slots")
    op.drop_index("ix_showcase_slots_time", table_name="showcase_slots")
    op.drop_index("ix_showcase_slots_room_id", table_name="showcase_slots")
    op.drop_table("showcase_slots")
    op.drop_table("showcase_tracks")
    op.drop_table("showcase_steps")
    op.drop_table("showcase_tallies")
    op.drop_table("showcase_rooms")
    op.drop_index("uq_registrations_member", table_name="registrations")
    op.drop_index("uq_registrations_guest", table_name="registrations")
    op.drop_index("ix_registrations_status", table_name="registrations")
    op.drop_index("ix_registrations_member_id", table_name="registrations")
    op.drop_index("ix_registrations_decided_by_id", table_name="registrations")
    op.drop_index("ix_registrations_checked_in_by_id", table_name="registrations")
    op.drop_table("registrations")
    op.drop_table("calendar_feeds")
