"""A word in every text column of a record, so that a test can look for it wherever the record must not show."""

from sqlalchemy import String, select, update

from hub.catalogue.models import (
    CountryRelation,
    FieldComment,
    Innovation,
    InnovationRevision,
    OrganisationRole,
    ReviewDecision,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.core.database import session

CANARY = "zqxcanary"

TABLES = (
    Innovation, InnovationRevision, RevisionText, RevisionTerm, RevisionCountry, RevisionOrganisation,
    RevisionPrerequisite, RevisionSource, ReviewDecision, FieldComment,
)  # fmt: skip

CODES = {
    "innovations": {"public_id", "slug", "origin_country", "audience", "tlp", "status"},
    "innovation_revisions": {"audience", "tlp", "status", "source_language"},
    "revision_texts": {"language", "source_digest"},
    "revision_terms": {"scheme"},
    "revision_countries": {"country", "relation"},
    "revision_organisations": {"role"},
    "revision_prerequisites": {"area"},
    "review_decisions": {"action"},
}
"""Text columns that hold codes or addresses and cannot take a word; each is looked for in another way."""


def text_columns(table):
    """Return the text columns of a table that can take any word."""
    return [
        column.name
        for column in table.__table__.columns
        if isinstance(column.type, String) and column.name not in CODES.get(table.__tablename__, ())
    ]


def fill(revision):
    """Put the canary into every text column of a draft and of all that belongs to it."""
    own = {"revision_id": revision.id}
    rows = (
        RevisionTerm(**own, scheme=TermScheme.LANGUAGES, code=CANARY),
        RevisionCountry(**own, country="TV", relation=CountryRelation.UNSUITABLE, note=CANARY),
        RevisionOrganisation(**own, name=CANARY, role=OrganisationRole.FUNDER),
        RevisionPrerequisite(**own, area="law", need=CANARY),
        RevisionSource(**own, url=f"https://example.org/{CANARY}", title=CANARY, position=1),
    )
    session().add_all(rows)
    session().flush()
    for table, key in ((Innovation, Innovation.id), (InnovationRevision, InnovationRevision.id)):
        number = revision.innovation_id if table is Innovation else revision.id
        session().execute(
            update(table).where(key == number).values(dict.fromkeys(text_columns(table), CANARY))
        )
    words = dict.fromkeys(text_columns(RevisionText), CANARY)
    session().execute(update(RevisionText).where(RevisionText.revision_id == revision.id).values(words))
    session().commit()


def without_canary():
    """Return the text columns that hold the canary nowhere: none, once a record was filled and sent back."""
    missing = []
    for table in TABLES:
        for name in text_columns(table):
            column = getattr(table, name)
            if session().scalar(select(column).where(column.contains(CANARY)).limit(1)) is None:
                missing.append(f"{table.__tablename__}.{name}")
    return missing
