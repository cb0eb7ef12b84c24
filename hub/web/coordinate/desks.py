"""The kinds of tasks that coordinators take: their place in addresses, their words, and the facts their desks show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.catalogue.evidence.level import level_of
from hub.catalogue.models import Evidence, InnovationProposal, ProblemReport, RecordClaim, Replication
from hub.catalogue.permissions import AnyTask
from hub.catalogue.review.checks import findings_on
from hub.catalogue.tasks.queries import accepted_about
from hub.core.errors import NotFoundError
from hub.organisations.queries import memberships_of
from hub.web.coordinate.findings import said_findings
from hub.web.coordinate.revisions import read_revision
from hub.web.sessions import viewer

Facts = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """One kind of task.

    Args:
        kind: its place in addresses and the name of its template.
        model: its table.
        title: heading of its list and small line above its page's title.
        counted: how many, in words.
        facts: what its page shows beside the task itself.
    """

    kind: str
    model: type[AnyTask]
    title: LazyString
    counted: Callable[[int], str]
    facts: Callable[[Any], Facts]

    @property
    def table(self) -> str:
        """The name of its table, as `TaskItem.kind`."""
        return self.model.__tablename__


def desk_of(kind: str) -> Desk:
    """Return the desk for a kind of task.

    Raises:
        NotFoundError: there is no such kind.
    """
    if kind not in DESKS:
        raise NotFoundError
    return DESKS[kind]


def evidence_facts(evidence: Evidence) -> Facts:
    """Return the level now, and the level once the evidence is accepted."""
    return {
        "level": level_of(evidence.innovation),
        "then": level_of(evidence.innovation, assumed=evidence),
    }


def replication_facts(replication: Replication) -> Facts:
    """Return the accepted evidence about it, the level now, and the level once it is verified."""
    return {
        "supporting": accepted_about(replication),
        "level": level_of(replication.innovation),
        "then": level_of(replication.innovation, assumed=replication),
    }


def claim_facts(claim: RecordClaim) -> Facts:
    """Return how the claimant belongs to the organisation, and whose domains address and website have."""
    belonging = (
        each for each in memberships_of(claim.claimed_by_id) if each.organisation_id == claim.organisation_id
    )
    mailed, site = mail_domain(claim.claimed_by.email), site_domain(claim.organisation.website)
    return {
        "membership": next(belonging, None),
        "mail_domain": mailed,
        "site_domain": site,
        "is_same_domain": is_same_domain(mailed, site),
    }


def proposal_facts(proposal: InnovationProposal) -> Facts:
    """Return, of a proposal to widen, the revision that it would publish and what the hub found in it."""
    revision = proposal.revision
    if revision is None:
        return {}
    return {"read": read_revision(revision), "findings": said_findings(findings_on(revision, viewer()))}


def no_facts(_task: AnyTask) -> Facts:
    """Return nothing: the task says all that is needed."""
    return {}


def mail_domain(address: str | None) -> str:
    """Return what stands behind the @ of an email address."""
    return (address or "").rpartition("@")[2].lower()


def site_domain(address: str | None) -> str:
    """Return the host of a web address without `www.`; nothing for what is none."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_same_domain(mailed: str, site: str) -> bool:
    """Whether the domain of an address is that of the website or one below it."""
    return bool(mailed and site) and (mailed == site or mailed.endswith(f".{site}"))


DESKS = {
    desk.kind: desk
    for desk in (
        Desk(
            "evidence",
            Evidence,
            _l("Evidence"),
            lambda number: ngettext("%(num)s piece of evidence", "%(num)s pieces of evidence", number),
            evidence_facts,
        ),
        Desk(
            "replications",
            Replication,
            _l("Replications to verify"),
            lambda number: ngettext("%(num)s replication", "%(num)s replications", number),
            replication_facts,
        ),
        Desk(
            "claims",
            RecordClaim,
            _l("Claims on records"),
            lambda number: ngettext("%(num)s claim", "%(num)s claims", number),
            claim_facts,
        ),
        Desk(
            "problems",
            ProblemReport,
            _l("Problem reports"),
            lambda number: ngettext("%(num)s problem report", "%(num)s problem reports", number),
            no_facts,
        ),
        Desk(
            "proposals",
            InnovationProposal,
            _l("Proposals of coordinators"),
            lambda number: ngettext("%(num)s proposal", "%(num)s proposals", number),
            proposal_facts,
        ),
    )
}
"""Every desk by the kind in its addresses, in the order of the queue."""
