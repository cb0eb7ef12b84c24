"""Evidence, replications and annexes for tests, made through the services that pages use."""

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.annexes.service import AnnexDetails, add_annex
from hub.catalogue.evidence.service import (
    EvidenceDetails,
    accept_evidence,
    add_evidence,
    reject_evidence,
    withdraw_evidence,
)
from hub.catalogue.replications.service import (
    ReplicationDetails,
    claim_replication,
    confirm_replication,
    dispute_replication,
    fail_replication,
    verify_replication,
    withdraw_replication,
)
from hub.core.database import session
from hub.core.uploads import StoredFile
from tests.catalogue.cast import did, record_of, take
from tests.factories import make_member, make_organisation

WORDS = {"words": "Said so.", "language": "en-GB"}
LINK = "https://example.org/evidence"


def evidence_details(**changes):
    """Return details of evidence with everything that it needs."""
    values = {
        "type": "testimony",
        "title": "A year of gifts",
        "finding": "Officials registered three times as many gifts.",
        "year": 2024,
        "is_independent": False,
        "language": "en-GB",
        "url": LINK,
        **changes,
    }
    return EvidenceDetails(**values)


def evidence_for(cast, innovation=None, *, by="adder", **changes):
    """Add evidence that waits for a coordinator."""
    record = innovation or record_of(cast)
    return did(add_evidence, cast[by], record, evidence_details(**changes))


def accepted_evidence(cast, innovation=None, **changes):
    """Add evidence, take and accept it."""
    evidence = take(cast, evidence_for(cast, innovation, **changes))
    did(accept_evidence, cast["holder"], evidence)
    return evidence


def rejected_evidence(cast, innovation=None, **changes):
    """Add evidence, take and reject it."""
    evidence = take(cast, evidence_for(cast, innovation, **changes))
    did(reject_evidence, cast["holder"], evidence, words="It is about something else.")
    return evidence


def withdrawn_evidence(cast, innovation=None):
    """Add evidence and take it back."""
    evidence = evidence_for(cast, innovation)
    did(withdraw_evidence, cast["adder"], evidence)
    return evidence


def replication_details(cast, **changes):
    """Return details of a replication by the adopting organisation, of which no public source tells."""
    values = {"adopter_id": cast.adopting.id, "country": "ES", "language": "en-GB", **changes}
    return ReplicationDetails(**values)


def claimed(cast, innovation=None, *, by="partner", **changes):
    """Claim a replication; the owner's representative does unless said otherwise."""
    record = innovation or record_of(cast)
    return did(claim_replication, cast[by], record, replication_details(cast, **changes))


def confirmed(cast, innovation=None, **changes):
    """Claim a replication for the owner and confirm it for the adopter."""
    replication = claimed(cast, innovation, **changes)
    did(confirm_replication, cast["adopter"], replication)
    return replication


def evidenced(cast, innovation=None, **changes):
    """Confirm a replication and accept independent evidence about it."""
    replication = confirmed(cast, innovation, **changes)
    accepted_evidence(
        cast, replication.innovation, replication_id=replication.id, is_independent=True, by="member"
    )
    return replication


def verified(cast, innovation=None, **changes):
    """Bring a replication all the way."""
    replication = take(cast, evidenced(cast, innovation, **changes))
    did(verify_replication, cast["holder"], replication, words="Both reports agree.")
    return replication


def disputed(cast, innovation=None, **changes):
    """Confirm a replication, which the owner's side then disputes."""
    replication = confirmed(cast, innovation, **changes)
    did(dispute_replication, cast["partner"], replication, **WORDS)
    return replication


def failed(cast, innovation=None, **changes):
    """Confirm a replication that the adopter then gives up."""
    replication = confirmed(cast, innovation, **changes)
    did(fail_replication, cast["adopter"], replication, words="Nobody kept it up.", language="en-GB")
    return replication


def withdrawn(cast, innovation=None, **changes):
    """Claim a replication and take that back."""
    replication = claimed(cast, innovation, **changes)
    did(withdraw_replication, cast["partner"], replication)
    return replication


def verified_elsewhere(cast, innovation, country):
    """Have one more organisation, of `country`, replicate the innovation, verified with independent evidence."""
    adopting = make_organisation(country=country)
    adopter = make_member(represents=[adopting])
    replication = claimed(cast, innovation, adopter_id=adopting.id, country=country)
    did(confirm_replication, adopter, replication)
    accepted_evidence(cast, innovation, replication_id=replication.id, is_independent=True)
    did(verify_replication, cast["holder"], take(cast, replication), words="Both reports agree.")
    return replication


MEMBERS_ONLY = Readership(Audience.MEMBERS, Tlp.GREEN)


def annex_for(cast, innovation, readership=MEMBERS_ONLY, *, file=None, **changes):
    """Add an annex."""
    values = {"title": "Thresholds", "body": "From 500 lari on.", "language": "en-GB", **changes}
    details = AnnexDetails(readership=readership, **values)
    return did(add_annex, cast["partner"], innovation, details, file=file)


def stored_file(name="a" * 43):
    """Store the row of a file, as if one had been checked and kept."""
    file = StoredFile(
        name=name, filename="report.pdf", media_type="application/pdf", size=5, sha256=name[0] * 64
    )
    session().add(file)
    session().commit()
    return file
