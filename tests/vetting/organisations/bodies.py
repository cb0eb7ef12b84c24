"""Organisations, requests and proposals in every state, and what somebody says of an organisation."""

from sqlalchemy import select

from hub.access.viewer import Role
from hub.catalogue.ownership.merging import merge_organisations
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict
from hub.integrity.service import Declaration, declare_interest
from hub.notifications.models import Notification
from hub.organisations.details import OrganisationDetails
from hub.organisations.models import OrganisationStatus
from hub.vetting.models import OrganisationVerification
from hub.vetting.organisations.merging import decline_merge, propose_merge, withdraw_merge
from hub.vetting.organisations.registration import register_organisation
from hub.vetting.organisations.verification import (
    approve_verification,
    ask_verification,
    decline_verification,
    withdraw_verification,
)
from tests.factories import make_member, make_organisation

WORDS = "Said so."


def said(**changes):
    """What somebody says of an organisation, with everything filled in that a test does not care about."""
    return OrganisationDetails(**{"name": "Open Ledger", "type": "civil_society", "country": "GE", **changes})


def registered(actor, **changes):
    """Register an organisation."""
    with transaction():
        return register_organisation(actor, said(**changes))


def asked(actor, organisation, words=WORDS):
    """Ask to have an organisation verified."""
    with transaction():
        return ask_verification(actor, organisation, words)


def approved(actor, request, *, evidence="Its statutes.", is_article_36_authority=False):
    """Approve a request as it stands."""
    with transaction():
        approve_verification(
            actor,
            request,
            evidence=evidence,
            is_article_36_authority=is_article_36_authority,
            version=request.organisation.version,
        )
    return request


def done(service, actor, thing, **said_so):
    """Call a service in a transaction of its own and return the thing."""
    with transaction():
        service(actor, thing, **said_so)
    return thing


def told(kind):
    """Return whom the hub told something of one kind, by id, each time."""
    return sorted(session().scalars(select(Notification.member_id).where(Notification.kind == kind)))


def latest(organisation):
    """Return the last request to verify an organisation, decided or not."""
    return session().scalar(
        select(OrganisationVerification)
        .where(OrganisationVerification.organisation_id == organisation.id)
        .order_by(OrganisationVerification.id.desc())
        .limit(1)
    )


class Cast:
    """People by what they are to two organisations of one country; the visitor is None.

    `self` represents the one that asks or goes, `colleague` belongs to it; `conflicted` and `rival` belong to it and to
    the other one and would decide; `focal` is focal point of the country, `neighbour` of another.
    """

    def __init__(self):
        coordinator = [Role.COORDINATOR]
        self.organisation = make_organisation("Bureau", status=OrganisationStatus.UNVERIFIED)
        self.into = make_organisation("The Bureau of Ledgers")
        here, there = [self.organisation], [self.into]
        self.people = {
            "visitor": None,
            "member": make_member(),
            "self": make_member(represents=here),
            "colleague": make_member(belongs_to=here),
            "neighbour": make_member(focal_country="ID"),
            "focal": make_member(focal_country="GE"),
            "officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
            "admin": make_member(roles=[Role.ADMINISTRATOR]),
            "free": make_member(roles=coordinator),
            "first": make_member(roles=coordinator),
            "conflicted": make_member(roles=coordinator, belongs_to=here),
            "rival": make_member(roles=coordinator, belongs_to=there),
            "focal_inside": make_member(focal_country="GE", belongs_to=here),
            "interested": make_member(roles=coordinator),
            "recused": make_member(roles=coordinator),
        }
        with transaction():
            declare_interest(self["interested"], Declaration("funding", "bureau"))
        session().add(
            Recusal(
                member_id=self["recused"].id,
                subject=self.organisation.subject,
                conflict=Conflict.DECLARED,
                recorded_at=now(),
            )
        )
        session().commit()

    def __getitem__(self, name):
        return self.people[name]


def request(cast):
    return asked(cast["self"], cast.organisation)


REQUESTS = {
    "requested": request,
    "approved": lambda cast: approved(cast["first"], request(cast)),
    "declined": lambda cast: done(decline_verification, cast["first"], request(cast), words=WORDS),
    "withdrawn": lambda cast: done(withdraw_verification, cast["self"], request(cast)),
}
"""How a request comes into each state."""


def merge(cast):
    with transaction():
        return propose_merge(cast["first"], cast.organisation, cast.into, reason=WORDS)


MERGED = {
    "proposed": merge,
    "approved": lambda cast: done(merge_organisations, cast["free"], merge(cast)),
    "declined": lambda cast: done(decline_merge, cast["free"], merge(cast), words=WORDS),
    "withdrawn": lambda cast: done(withdraw_merge, cast["first"], merge(cast)),
}
"""How a proposal comes into each state."""
