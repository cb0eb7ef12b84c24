"""What belongs to a revision, and the decisions on it."""

import sqlalchemy as sa
from alembic import op

from hub.catalogue import triggers
from hub.core.database import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then protect approved revisions."""
    op.create_table(
        "review_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("action = 'publish' OR words <> ''", name=op.f("ck_review_decisions_reasoned")),
        sa.CheckConstraint(
            "action IN ('publish', 'request_changes', 'decline')", name=op.f("ck_review_decisions_action")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_review_decisions_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_review_decisions_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decisions")),
    )
    op.create_index(
        op.f("ix_review_decisions_revision_id"), "review_decisions", ["revision_id"], unique=False
    )
    op.create_table(
        "revision_countries",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "deployed",
                "unsuitable",
                name="countryrelation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_countries_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "country", "relation", name=op.f("pk_revision_countries")),
    )
    op.create_table(
        "revision_organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "maintainer",
                "funder",
                "implementer",
                "evaluator",
                name="organisationrole",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "organisation_id IS NOT NULL OR name <> ''", name=op.f("ck_revision_organisations_named")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_revision_organisations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_organisations_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_organisations")),
    )
    op.create_index(
        op.f("ix_revision_organisations_revision_id"), "revision_organisations", ["revision_id"], unique=False
    )
    op.create_table(
        "revision_prerequisites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "area IN ('law', 'data', 'registry', 'staff', 'technology', 'budget')",
            name=op.f("ck_revision_prerequisites_area"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_prerequisites_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_prerequisites")),
    )
    op.create_index(
        op.f("ix_revision_prerequisites_revision_id"), "revision_prerequisites", ["revision_id"], unique=False
    )
    op.create_table(
        "revision_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("retrieved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_sources_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_sources")),
    )
    op.create_index(
        op.f("ix_revision_sources_revision_id"), "revision_sources", ["revision_id"], unique=False
    )
    op.create_table(
        "revision_terms",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "scheme",
            sa.Enum(
                "functions",
                "offences",
                "sectors",
                "policy_areas",
                "intended_users",
                "standards_read",
                "standards_written",
                "languages",
                name="termscheme",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_terms_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "scheme", "code", name=op.f("pk_revision_terms")),
    )
    op.create_table(
        "revision_texts",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short_description", sa.String(length=150), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("novelty", sa.Text(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.Column("do_no_harm", sa.Text(), nullable=False),
        sa.Column("privacy", sa.Text(), nullable=False),
        sa.Column("misuse_risk", sa.Text(), nullable=False),
        sa.Column("error_rates", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["innovation_revisions.id"], name=op.f("fk_revision_texts_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "language", name=op.f("pk_revision_texts")),
    )
    op.create_table(
        "field_comments",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["review_decisions.id"], name=op.f("fk_field_comments_decision_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", "field", name=op.f("pk_field_comments")),
    )
    for statement in triggers.create_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    for statement in triggers.drop_statements(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("field_comments")
    op.drop_table("revision_texts")
    op.drop_table("revision_terms")
    op.drop_table("revision_sources")
    op.drop_table("revision_prerequisites")
    op.drop_table("revision_organisations")
    op.drop_table("revision_countries")
    op.drop_table("review_decisions")
