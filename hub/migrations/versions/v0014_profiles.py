"""Profiles, messages between members, reports of abuse, files of own data; what organisations say of themselves."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from hub.core.clock import now
from hub.core.database import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "profiles",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "nobody",
                "law_enforcement",
                "members",
                "public",
                name="fieldaudience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("headline", sa.String(length=120), nullable=False),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column(
            "biography_audience",
            sa.Enum(
                "nobody",
                "law_enforcement",
                "members",
                "public",
                name="biography_audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column(
            "contact_audience",
            sa.Enum(
                "nobody",
                "law_enforcement",
                "members",
                "public",
                name="contact_audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("is_contactable", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_profiles_version")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_profiles_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profiles")),
    )
    op.create_index(op.f("ix_profiles_audience"), "profiles", ["audience"], unique=False)
    op.create_table(
        "profile_terms",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "languages",
                "skills",
                "functions",
                "offences",
                "sectors",
                "open_to",
                name="profilescheme",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["profiles.member_id"], name=op.f("fk_profile_terms_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "scheme", "code", name=op.f("pk_profile_terms")),
    )
    op.create_index("ix_profile_terms_code", "profile_terms", ["scheme", "code"], unique=False)
    op.create_table(
        "profile_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["profiles.member_id"], name=op.f("fk_profile_links_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_links")),
    )
    op.create_index(op.f("ix_profile_links_member_id"), "profile_links", ["member_id"], unique=False)
    op.create_table(
        "term_additions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "languages",
                "skills",
                "functions",
                "offences",
                "sectors",
                "open_to",
                name="profilescheme",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "added",
                "kept",
                "merged",
                "removed",
                name="termstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("merged_into", sa.String(length=40), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into IS NOT NULL)",
            name=op.f("ck_term_additions_merged_into_something"),
        ),
        sa.CheckConstraint(
            "scheme IN ('languages', 'skills')", name=op.f("ck_term_additions_scheme_is_free")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["members.id"], name=op.f("fk_term_additions_added_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_term_additions_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_additions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_additions_public_id")),
        sa.UniqueConstraint("scheme", "key", name=op.f("uq_term_additions_scheme_key")),
    )
    op.create_index(op.f("ix_term_additions_added_by_id"), "term_additions", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_term_additions_status"), "term_additions", ["status"], unique=False)
    op.create_table(
        "contact_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sender_id <> receiver_id", name=op.f("ck_contact_messages_to_somebody_else")),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["contact_messages.id"], name=op.f("fk_contact_messages_answers_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["members.id"], name=op.f("fk_contact_messages_receiver_id")
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["members.id"], name=op.f("fk_contact_messages_sender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_messages_public_id")),
    )
    op.create_index(op.f("ix_contact_messages_answers_id"), "contact_messages", ["answers_id"], unique=False)
    op.create_index(
        "ix_contact_messages_receiver", "contact_messages", ["receiver_id", "sent_at"], unique=False
    )
    op.create_index("ix_contact_messages_sender", "contact_messages", ["sender_id", "sent_at"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("blocked_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("member_id <> blocked_id", name=op.f("ck_blocks_blocks_another")),
        sa.ForeignKeyConstraint(["blocked_id"], ["members.id"], name=op.f("fk_blocks_blocked_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_blocks_member_id")),
        sa.PrimaryKeyConstraint("member_id", "blocked_id", name=op.f("pk_blocks")),
    )
    op.create_index(op.f("ix_blocks_blocked_id"), "blocks", ["blocked_id"], unique=False)
    op.create_table(
        "abuse_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "upheld",
                "dismissed",
                name="abusestatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reported_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'submitted') = (decided_at IS NULL)", name=op.f("ck_abuse_reports_decided_at")
        ),
        sa.CheckConstraint("status = 'submitted' OR answer <> ''", name=op.f("ck_abuse_reports_answered")),
        sa.CheckConstraint(
            "decided_by_id <> reported_by_id AND decided_by_id <> about_id",
            name=op.f("ck_abuse_reports_decided_by_a_third"),
        ),
        sa.CheckConstraint("reported_by_id <> about_id", name=op.f("ck_abuse_reports_about_another")),
        sa.ForeignKeyConstraint(["about_id"], ["members.id"], name=op.f("fk_abuse_reports_about_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_abuse_reports_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["contact_messages.id"], name=op.f("fk_abuse_reports_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["members.id"], name=op.f("fk_abuse_reports_reported_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_abuse_reports_public_id")),
    )
    op.create_index(op.f("ix_abuse_reports_about_id"), "abuse_reports", ["about_id"], unique=False)
    op.create_index(op.f("ix_abuse_reports_message_id"), "abuse_reports", ["message_id"], unique=False)
    op.create_index(
        op.f("ix_abuse_reports_reported_by_id"), "abuse_reports", ["reported_by_id"], unique=False
    )
    op.create_index(op.f("ix_abuse_reports_status"), "abuse_reports", ["status"], unique=False)
    op.create_table(
        "data_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("requested_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("file_name", sa.String(length=60), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(made_at IS NULL) = (expires_at IS NULL)", name=op.f("ck_data_exports_made_and_expiring")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_data_exports_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_exports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_exports_public_id")),
    )
    op.create_index(op.f("ix_data_exports_member_id"), "data_exports", ["member_id"], unique=False)
    op.create_index(
        "uq_data_exports_open",
        "data_exports",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("made_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("made_at IS NULL AND failed_at IS NULL"),
    )
    op.create_table(
        "organisation_domains",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_organisation_domains_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "domain", name=op.f("pk_organisation_domains")),
    )
    op.create_index(op.f("ix_organisation_domains_domain"), "organisation_domains", ["domain"], unique=False)
    op.create_table(
        "merged_organisations",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("organisation_id <> into_id", name=op.f("ck_merged_organisations_into_another")),
        sa.ForeignKeyConstraint(
            ["into_id"], ["organisations.id"], name=op.f("fk_merged_organisations_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_merged_organisations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_merged_organisations")),
    )
    op.create_index(
        op.f("ix_merged_organisations_into_id"), "merged_organisations", ["into_id"], unique=False
    )
    op.add_column(
        "organisation_memberships",
        sa.Column("is_shown", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("organisations", sa.Column("description", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "organisations", sa.Column("language", sa.String(length=20), server_default="en-GB", nullable=False)
    )
    op.add_column("organisations", sa.Column("funding", sa.Text(), server_default="", nullable=False))
    op.add_column("organisations", sa.Column("verified_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("organisations", sa.Column("verified_until", UtcDateTime(timezone=True), nullable=True))
    op.add_column("organisations", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index(
        op.f("ix_organisations_verified_until"), "organisations", ["verified_until"], unique=False
    )

    organisations = sa.table(
        "organisations",
        sa.column("status", sa.String()),
        sa.column("verified_at", UtcDateTime(timezone=True)),
        sa.column("verified_until", UtcDateTime(timezone=True)),
    )
    # Nobody wrote down when: what is verified now has a year from now on.
    moment = now()
    op.execute(
        organisations.update()
        .where(organisations.c.status == "verified")
        .values(verified_at=moment, verified_until=moment + timedelta(days=365))
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_organisations_verified_until"), table_name="organisations")
    op.drop_column("organisations", "version")
    op.drop_column("organisations", "verified_until")
    op.drop_column("organisations", "verified_at")
    op.drop_column("organisations", "funding")
    op.drop_column("organisations", "language")
    op.drop_column("organisations", "description")
    op.drop_column("organisation_memberships", "is_shown")
    op.drop_index(op.f("ix_merged_organisations_into_id"), table_name="merged_organisations")
    op.drop_table("merged_organisations")
    op.drop_index(op.f("ix_organisation_domains_domain"), table_name="organisation_domains")
    op.drop_table("organisation_domains")
    op.drop_index(
        "uq_data_exports_open",
        table_name="data_exports",
        sqlite_where=sa.text("made_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("made_at IS NULL AND failed_at IS NULL"),
    )
    op.drop_index(op.f("ix_data_exports_member_id"), table_name="data_exports")
    op.drop_table("data_exports")
    op.drop_index(op.f("ix_abuse_reports_status"), table_name="abuse_reports")
    op.drop_index(op.f("ix_abuse_reports_reported_by_id"), table_name="abuse_reports")
    op.drop_index(op.f("ix_abuse_reports_message_id"), table_name="abuse_reports")
    op.drop_index(op.f("ix_abuse_reports_about_id"), table_name="abuse_reports")
    op.drop_table("abuse_reports")
    op.drop_index(op.f("ix_blocks_blocked_id"), table_name="blocks")
    op.drop_table("blocks")
    op.drop_index("ix_contact_messages_sender", table_name="contact_messages")
    op.drop_index("ix_contact_messages_receiver", table_name="contact_messages")
    op.drop_index(op.f("ix_contact_messages_answers_id"), table_name="contact_messages")
    op.drop_table("contact_messages")
    op.drop_index(op.f("ix_term_additions_status"), table_name="term_additions")
    op.drop_index(op.f("ix_term_additions_added_by_id"), table_name="term_additions")
    op.drop_table("term_additions")
    op.drop_index(op.f("ix_profile_links_member_id"), table_name="profile_links")
    op.drop_table("profile_links")
    op.drop_index("ix_profile_terms_code", table_name="profile_terms")
    op.drop_table("profile_terms")
    op.drop_index(op.f("ix_profiles_audience"), table_name="profiles")
    op.drop_table("profiles")
