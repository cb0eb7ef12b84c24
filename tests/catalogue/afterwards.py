"""Claims, offers, problem reports and proposals for tests, in the states that tests begin from."""

from hub.catalogue.curation.service import (
    answer_problem,
    approve_proposal,
    archive_innovation,
    decline_proposal,
    propose,
    report_problem,
    withdraw_proposal,
)
from hub.catalogue.models import ProposedAction
from hub.catalogue.ownership.service import (
    accept_claim,
    accept_offer,
    claim_record,
    decline_claim,
    decline_offer,
    offer_record,
    withdraw_claim,
    withdraw_offer,
)
from tests.catalogue.cast import compiled_record, did, record_of, take


def claim_of(cast, innovation=None, *, by="partner"):
    """Claim a compiled record."""
    return did(claim_record, cast[by], innovation or compiled_record(cast), words="It is ours.")


def accepted_claim(cast, innovation=None):
    """Claim a compiled record; a coordinator accepts."""
    claim = take(cast, claim_of(cast, innovation))
    did(accept_claim, cast["holder"], claim)
    return claim


def declined_claim(cast):
    """Claim a compiled record; a coordinator declines."""
    claim = take(cast, claim_of(cast))
    did(decline_claim, cast["holder"], claim, words="Another organisation runs it.")
    return claim


def withdrawn_claim(cast):
    """Claim a compiled record and take that back."""
    claim = claim_of(cast)
    did(withdraw_claim, cast["partner"], claim)
    return claim


def offer_of(cast, innovation=None):
    """Offer a record to the adopting organisation."""
    record = innovation or record_of(cast)
    return did(offer_record, cast["partner"], record, organisation_id=cast.adopting.id, words="Take it.")


def accepted_offer(cast, innovation=None):
    """Hand a record over to the adopting organisation."""
    offer = offer_of(cast, innovation)
    did(accept_offer, cast["adopter"], offer)
    return offer


def declined_offer(cast):
    """Offer a record, in vain."""
    offer = offer_of(cast)
    did(decline_offer, cast["adopter"], offer)
    return offer


def withdrawn_offer(cast):
    """Offer a record and take that back."""
    offer = offer_of(cast)
    did(withdraw_offer, cast["partner"], offer)
    return offer


def problem_of(cast, innovation=None, *, by="compiler"):
    """Report a problem with a record."""
    record = innovation or record_of(cast)
    return did(report_problem, cast[by], record, kind="wrong", words="It ended.", language="en-GB")


def answered_problem(cast, innovation=None, *, by="compiler"):
    """Report a problem, which a coordinator answers."""
    report = take(cast, problem_of(cast, innovation, by=by))
    did(answer_problem, cast["holder"], report, words="We asked the owner.")
    return report


def proposal_of(cast, innovation=None, *, action=ProposedAction.TAKE_DOWN):
    """Propose to take a record down, or to feature it."""
    record = innovation or record_of(cast)
    disclosure = "Nobody sponsors this." if action is ProposedAction.FEATURE else ""
    return did(propose, cast["compiler"], record, action, reason="It is time.", disclosure=disclosure)


def approved_proposal(cast, innovation=None, *, action=ProposedAction.TAKE_DOWN):
    """Propose something, which a second coordinator approves."""
    proposal = take(cast, proposal_of(cast, innovation, action=action))
    did(approve_proposal, cast["holder"], proposal)
    return proposal


def declined_proposal(cast, *, action=ProposedAction.TAKE_DOWN):
    """Propose something, which a second coordinator declines."""
    proposal = take(cast, proposal_of(cast, action=action))
    did(decline_proposal, cast["holder"], proposal, words="Not now.")
    return proposal


def withdrawn_proposal(cast, *, action=ProposedAction.TAKE_DOWN):
    """Propose something and take that back."""
    proposal = proposal_of(cast, action=action)
    did(withdraw_proposal, cast["compiler"], proposal)
    return proposal


def archived_record(cast, **changes):
    """Return an archived record."""
    innovation = record_of(cast, **changes)
    did(archive_innovation, cast["partner"], innovation, words="The law changed.")
    return innovation


def taken_down_record(cast, **changes):
    """Return a record that two coordinators took down."""
    return approved_proposal(cast, record_of(cast, **changes)).innovation
