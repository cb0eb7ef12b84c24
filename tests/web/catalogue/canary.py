"""A word in every text column of a record, so that a test can look for it wherever the record must not show."""

from sqlalchemy import String, select, update

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import (
    Annex,
    CountryRelation,
    Evidence,
    FieldComment,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    OrganisationRole,
    OwnershipOffer,
    ProblemReport,
    RecordClaim,
    Replication,
    ReplicationStatement,
    ReviewDecision,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.core.clock import now
from hub.core.database import session
from hub.core.uploads import StoredFile
from hub.organisations.models import OrganisationStatus
from tests.factories import make_member, make_organisation

CANARY = "zqxcanary"

TABLES = (
    Innovation, InnovationRevision, RevisionText, RevisionTerm, RevisionCountry, RevisionOrganisation,
    RevisionPrerequisite, RevisionSource, ReviewDecision, FieldComment, Evidence, Replication,
    ReplicationStatement, Annex, StoredFile, RecordClaim, OwnershipOffer, ProblemReport, InnovationProposal,
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
    "evidence": {"public_id", "country", "language", "status"},
    "replications": {"public_id", "country", "language", "status", "side"},
    "replication_statements": {"side", "action", "language"},
    "annexes": {"public_id", "language", "audience", "tlp"},
    "stored_files": {"sha256"},
    "record_claims": {"public_id", "status"},
    "ownership_offers": {"public_id", "status"},
    "problem_reports": {"public_id", "language", "status"},
    "innovation_proposals": {"public_id", "status", "action", "basis"},
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
        RevisionPrerequisite(**own, area="law", need=CANARY, topic=CANARY),
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


def fill_proofs(innovation):
    """Give a published record a row of everything that can hang on it, each with the canary; none of it waits."""
    # a verified one would not be hidden, and one for which nobody speaks takes offers to do so
    organisation = make_organisation(status=OrganisationStatus.UNVERIFIED)
    somebody, another = make_member(represents=[organisation]), make_member()
    own = {"innovation_id": innovation.id}
    decided = {"decided_by_id": another.id, "decided_at": now(), "decision_words": CANARY}
    file = StoredFile(name=CANARY, filename=f"{CANARY}.csv", media_type=CANARY, size=1, sha256="0" * 64)
    evidence = Evidence(
        **own, **decided, type=CANARY, title=CANARY, url=f"https://example.org/{CANARY}", author=CANARY,
        is_independent=True, country="TV", year=2020, finding=CANARY, language="en", status="accepted",
        added_by_id=somebody.id, added_at=now(),
    )  # fmt: skip
    replication = Replication(
        **own, adopter_id=organisation.id, country="TV", adapted=CANARY, cost_band=CANARY, result=CANARY,
        language="en", source_url=f"https://example.org/{CANARY}", status="disputed", side="owner",
        claimed_by_id=somebody.id, claimed_at=now(),
    )  # fmt: skip
    annex = Annex(
        **own, title=CANARY, body=CANARY, language="en", file=file, added_by_id=somebody.id, added_at=now(),
        saved_at=now(),
    )  # fmt: skip
    annex.set_readership(Readership(Audience.MEMBERS, Tlp.GREEN))
    session().add_all((evidence, replication, annex))
    session().flush()
    session().add_all(
        (
            ReplicationStatement(
                replication_id=replication.id, side="owner", action="dispute", words=CANARY, language="en",
                said_by_id=somebody.id, said_at=now(),
            ),
            RecordClaim(
                **own, **decided, organisation_id=organisation.id, words=CANARY, status="declined",
                claimed_by_id=somebody.id, claimed_at=now(),
            ),
            OwnershipOffer(
                **own, from_organisation_id=innovation.owner_id, to_organisation_id=organisation.id,
                words=CANARY, status="declined", offered_by_id=somebody.id, offered_at=now(),
            ),
            ProblemReport(
                **own, kind=CANARY, words=CANARY, language="en", status="answered", answer=CANARY,
                reported_at=now(), decided_by_id=another.id, decided_at=now(),
            ),
            InnovationProposal(
                **own, **decided, action="feature", disclosure=CANARY, reason=CANARY, status="declined",
                proposed_by_id=somebody.id, proposed_at=now(),
            ),
        )
    )  # fmt: skip
    words = {
        "archived_words": CANARY,
        "featured_disclosure": CANARY,
        "featured_at": now(),
        "evidence_level": 1,
    }
    session().execute(update(Innovation).where(Innovation.id == innovation.id).values(words))
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
