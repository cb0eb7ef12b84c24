"""What waits and too few people are free to decide; and how often deciders recused themselves."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l, ngettext

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.audit.events import Event
from hub.audit.queries import count_of
from hub.catalogue.conflicts import queries as records
from hub.collaboration.review import escalation as requests
from hub.commitments.evidence import queries as evidence
from hub.core.clock import now
from hub.integrity.escalation import Bench, Escalated
from hub.privacy import log_erasure
from hub.showcases.review import escalation as showcases
from hub.vetting import escalation as people
from hub.web.access import role
from hub.web.i18n import translate
from hub.web.integrity.blueprint import integrity
from hub.web.sessions import viewer

KINDS = {
    "innovation_revisions": _l("A revision to review"),
    "evidence": _l("Evidence"),
    "replications": _l("A replication to verify"),
    "record_claims": _l("A claim on a record"),
    "problem_reports": _l("A problem report"),
    "innovation_proposals": _l("A proposal of a coordinator"),
    "application": _l("An application to join"),
    "vetting": _l("A vetting that is due"),
    "status": _l("A request for law-enforcement status"),
    "reset": _l("A report of lost second factors"),
    "role": _l("A proposal of a role"),
    "verification": _l("A request to verify an organisation"),
    "merge": _l("A proposal to merge two organisations"),
    "abuse": _l("A report of abuse"),
    "log_erasure": _l("A proposal to erase logged matter"),
    "collaboration_requests": _l("A request for a partner to review"),
    "requirements_versions": _l("New requirements of a request"),
    "coordinator_calls": _l("A call from a conversation"),
    "showcase_entries": _l("An entry for a showcase to judge"),
    "showcase_decisions": _l("The decisions of a showcase to send"),
    "showcase_team": _l("A showcase that has no team"),
    "commitment_evidence": _l("Evidence for a commitment to decide"),
}
"""What each kind of escalated matter is called."""


@integrity.get("")
@role(Role.INTEGRITY_OFFICER)
def desk() -> ResponseReturnValue:
    """List what is escalated, the oldest first."""
    somebody, bench = viewer(), Bench(PRIVILEGED_ROLES)
    items = sorted(
        [
            *records.undecidable(somebody, bench),
            *people.undecidable(somebody, bench),
            *log_erasure.undecidable(somebody, bench),
            *requests.undecidable(somebody, bench),
            *showcases.undecidable(somebody, bench),
            *evidence.undecidable(somebody, bench),
        ],
        key=lambda item: item.waiting_since,
    )
    return render_template(
        "integrity/desk.html",
        items=[(item, str(KINDS[item.kind]), why(item), address_of(item)) for item in items],
        recusals=count_of(Event.RECUSAL_RECORD),
        now=now(),
    )


REQUESTS = frozenset({"collaboration_requests", "requirements_versions", "coordinator_calls"})
"""The kinds whose address is that of a request."""

SHOWCASES = frozenset({showcases.ENTRIES_KIND, showcases.SENDING_KIND, showcases.TEAM_KIND})
"""The kinds whose address is that of a showcase; of all others, it is that of a record."""


def address_of(item: Escalated) -> str:
    """Return where the officer can read what a matter is about, or nothing."""
    if not item.address:
        return ""
    if item.kind in REQUESTS:
        return url_for("collaboration.show", public_id=item.address)
    if item.kind == evidence.ESCALATED_KIND:
        return url_for("commitments.show", code=item.address)
    if item.kind in SHOWCASES:
        return url_for("showcases.show", slug=item.address)
    return url_for("catalogue.show", slug=item.address)


def why(item: Escalated) -> str:
    """Return in words how many could decide a matter, and how many of them may."""
    needed = ngettext("%(num)s decision is needed.", "%(num)s decisions are needed.", item.needed)
    people = translate(
        "People who could give it: %(candidates)s. Of these with a conflict of interest: %(conflicts)s.",
        candidates=item.candidates,
        conflicts=item.conflicts,
    )
    return f"{needed} {people}"
