"""Revisions that widen their record, and proposals to publish them, in the states that tests begin from."""

from hub.catalogue.curation.service import approve_proposal, decline_proposal, withdraw_proposal
from hub.catalogue.models import InnovationDetails
from hub.catalogue.review.service import propose_widening, take_revision
from hub.catalogue.service import revise_innovation, save_details, submit_revision, withdraw_revision
from tests.catalogue.cast import did, record_of, take
from tests.catalogue.records import EVERYBODY, MEMBERS

REASON = "The method is in a public report by now."


def draft_of(cast, innovation=None, *, to=EVERYBODY, **changes):
    """Begin a revision that shows a record to more people."""
    innovation = innovation or record_of(cast, readership=MEMBERS)
    revision = did(revise_innovation, cast["registrar"], innovation)
    details = InnovationDetails(readership=to, **changes)
    did(save_details, cast["registrar"], revision, details, version=revision.version)
    return revision


def submitted_of(cast, innovation=None, **changes):
    """Submit a revision that shows a record to more people."""
    revision = draft_of(cast, innovation, **changes)
    did(submit_revision, cast["registrar"], revision, version=revision.version)
    return revision


def taken_of(cast, innovation=None, **changes):
    """Have the first coordinator take such a revision."""
    revision = submitted_of(cast, innovation, **changes)
    did(take_revision, cast["compiler"], revision)
    return revision


def widening_of(cast, innovation=None, **changes):
    """Have the first coordinator approve such a revision and propose it to a second one."""
    return did(propose_widening, cast["compiler"], taken_of(cast, innovation, **changes), reason=REASON)


def taken_widening(cast, innovation=None, **changes):
    """Have a second coordinator take the proposal."""
    return take(cast, widening_of(cast, innovation, **changes))


def approved_widening(cast, innovation=None, **changes):
    """Have two coordinators agree."""
    proposal = taken_widening(cast, innovation, **changes)
    did(approve_proposal, cast["holder"], proposal)
    return proposal


def declined_widening(cast):
    """Have the second coordinator decline."""
    proposal = taken_widening(cast)
    did(decline_proposal, cast["holder"], proposal, words="The report leaves the thresholds out.")
    return proposal


def withdrawn_widening(cast):
    """Have the first coordinator think again."""
    proposal = widening_of(cast)
    did(withdraw_proposal, cast["compiler"], proposal)
    return proposal


def withdrawn_of(cast):
    """Have the owner take the revision back."""
    revision = submitted_of(cast)
    did(withdraw_revision, cast["registrar"], revision)
    return revision
