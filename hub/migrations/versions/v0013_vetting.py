"""Invitations, applications, proposals of roles, lost factors, declared interests, recusals."""

import sqlalchemy as sa
from alembic import op

from hub.core.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "membership_role",
            sa.Enum(
                "representative",
                "member",
                name="membershiprole",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "accepted",
                "revoked",
                name="invitationstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("invited_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'accepted') = (accepted_at IS NOT NULL)", name=op.f("ck_invitations_accepted_at")
        ),
        sa.CheckConstraint(
            "(organisation_id IS NULL) = (membership_role IS NULL)",
            name=op.f("ck_invitations_membership_of_organisation"),
        ),
        sa.CheckConstraint(
            "accepted_by_id <> invited_by_id", name=op.f("ck_invitations_not_accepted_by_oneself")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_invitations_email_is_lower_case")),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_invitations_expires_after_it_begins")),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR country IS NOT NULL", name=op.f("ck_invitations_for_something")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["members.id"], name=op.f("fk_invitations_accepted_by_id")
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["members.id"], name=op.f("fk_invitations_invited_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["mail_tokens.id"], name=op.f("fk_invitations_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("token_id", name=op.f("uq_invitations_token_id")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"], unique=False)
    op.create_index("ix_invitations_inviter", "invitations", ["invited_by_id", "invited_at"], unique=False)
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "join",
                "renewal",
                name="applicationkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("member_type", sa.String(length=30), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "approved", "declined", name="decision", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decision <> 'declined' OR decision_words <> ''", name=op.f("ck_applications_declined_with_words")
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_applications_decided_by_somebody"),
        ),
        sa.CheckConstraint("decided_by_id <> member_id", name=op.f("ck_applications_not_decided_by_oneself")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_applications_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_applications_invitation_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_applications_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    op.create_index(op.f("ix_applications_member_id"), "applications", ["member_id"], unique=False)
    op.create_index(
        "uq_applications_open",
        "applications",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("decision IS NULL"),
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_table(
        "role_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "grant",
                "end",
                "hand_over",
                name="roleaction",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "focal_point",
                "coordinator",
                "integrity_officer",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "approved",
                "declined",
                "withdrawn",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(action = 'grant') = (grant_id IS NULL)", name=op.f("ck_role_proposals_grant_that_ends")
        ),
        sa.CheckConstraint(
            "(role = 'focal_point') = (country IS NOT NULL)",
            name=op.f("ck_role_proposals_country_of_focal_points"),
        ),
        sa.CheckConstraint(
            "action <> 'hand_over' OR role = 'focal_point'",
            name=op.f("ck_role_proposals_only_focal_points_hand_over"),
        ),
        sa.CheckConstraint(
            "action <> 'hand_over' OR status <> 'approved' OR accepted_at IS NOT NULL",
            name=op.f("ck_role_proposals_accepted_first"),
        ),
        sa.CheckConstraint(
            "status <> 'approved' OR decided_by_id <> member_id",
            name=op.f("ck_role_proposals_not_approved_by_oneself"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'declined') OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_role_proposals_four_eyes"),
        ),
        sa.CheckConstraint(
            "proposed_by_id <> member_id", name=op.f("ck_role_proposals_not_proposed_for_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_role_proposals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grants.id"], name=op.f("fk_role_proposals_grant_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_role_proposals_member_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["members.id"], name=op.f("fk_role_proposals_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_proposals_public_id")),
    )
    op.create_index(op.f("ix_role_proposals_member_id"), "role_proposals", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_role_proposals_proposed_by_id"), "role_proposals", ["proposed_by_id"], unique=False
    )
    op.create_index(op.f("ix_role_proposals_status"), "role_proposals", ["status"], unique=False)
    op.create_index(
        "uq_role_proposals_open",
        "role_proposals",
        ["member_id", "role", sa.text("coalesce(country, '')")],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "factor_resets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "supported",
                "approved",
                "done",
                "declined",
                "stopped",
                name="factorresetstatus",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_approved_by_id", sa.Integer(), nullable=True),
        sa.Column("second_approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("takes_effect_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status <> 'supported' OR first_approved_by_id IS NOT NULL",
            name=op.f("ck_factor_resets_supported_by_one"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'done') OR (first_approved_by_id IS NOT NULL"
            " AND second_approved_by_id IS NOT NULL AND takes_effect_at IS NOT NULL)",
            name=op.f("ck_factor_resets_approved_by_two"),
        ),
        sa.CheckConstraint(
            "first_approved_by_id <> member_id AND second_approved_by_id <> member_id",
            name=op.f("ck_factor_resets_not_approved_by_oneself"),
        ),
        sa.CheckConstraint(
            "first_approved_by_id <> second_approved_by_id", name=op.f("ck_factor_resets_four_eyes")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["members.id"], name=op.f("fk_factor_resets_ended_by_id")),
        sa.ForeignKeyConstraint(
            ["first_approved_by_id"], ["members.id"], name=op.f("fk_factor_resets_first_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_factor_resets_member_id")),
        sa.ForeignKeyConstraint(
            ["second_approved_by_id"], ["members.id"], name=op.f("fk_factor_resets_second_approved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_resets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_factor_resets_public_id")),
    )
    op.create_index(op.f("ix_factor_resets_member_id"), "factor_resets", ["member_id"], unique=False)
    op.create_index(op.f("ix_factor_resets_status"), "factor_resets", ["status"], unique=False)
    op.create_index(
        "uq_factor_resets_open",
        "factor_resets",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('requested', 'supported', 'approved')"),
        postgresql_where=sa.text("status IN ('requested', 'supported', 'approved')"),
    )
    op.create_table(
        "declared_interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("declared_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("struck_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("struck_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by_id IS NULL)",
            name=op.f("ck_declared_interests_struck_by_somebody"),
        ),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_declared_interests_ends_after_it_begins")),
        sa.CheckConstraint(
            "struck_by_id <> member_id", name=op.f("ck_declared_interests_not_struck_by_oneself")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_declared_interests_member_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_declared_interests_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["struck_by_id"], ["members.id"], name=op.f("fk_declared_interests_struck_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_interests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_declared_interests_public_id")),
    )
    op.create_index(
        op.f("ix_declared_interests_member_id"), "declared_interests", ["member_id"], unique=False
    )
    op.create_index("ix_declared_interests_name_key", "declared_interests", ["name_key"], unique=False)
    op.create_table(
        "recusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("conflict", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_recusals_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("member_id", "subject", name=op.f("uq_recusals_member_id_subject")),
    )
    op.create_index(op.f("ix_recusals_subject"), "recusals", ["subject"], unique=False)
    op.create_index(op.f("ix_audit_entries_tag"), "audit_entries", ["tag"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_audit_entries_tag"), table_name="audit_entries")
    op.drop_table("recusals")
    op.drop_table("declared_interests")
    op.drop_table("factor_resets")
    op.drop_table("role_proposals")
    op.drop_table("applications")
    op.drop_table("invitations")
