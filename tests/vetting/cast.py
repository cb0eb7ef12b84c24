"""Everybody who may come along where a person is vetted, and people, requests and reports in every state."""

from datetime import timedelta
from itertools import count

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.members.service import subject_of
from hub.vetting.factor_resets import (
    approve_reset,
    complete_due_resets,
    decline_reset,
    request_reset,
    stop_reset,
)
from hub.vetting.law_enforcement import (
    approve_status,
    decline_status,
    request_status,
    revoke_status,
    withdraw_status,
)
from hub.vetting.models import Application, FactorReset
from tests.factories import make_member, make_organisation

WORDS = "Said so."

_numbers = count(1)


class Cast:
    """People by what they are; the visitor is None, `self` is whom the latest thing is about.

    `colleague` and the coordinator `conflicted` belong to the organisation that the person belongs to or names,
    `interested` declared an interest in it, `recused` recuses themselves by hand from each thing.
    """

    def __init__(self):
        coordinator = [Role.COORDINATOR]
        self.organisation = make_organisation("Bureau")
        self.people = {
            "visitor": None,
            "member": make_member(),
            "colleague": make_member(represents=[self.organisation]),
            "focal": make_member(focal_country="GE"),
            "police": make_member(law_enforcement="GE"),
            "officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
            "admin": make_member(roles=[Role.ADMINISTRATOR]),
            "free": make_member(roles=coordinator),
            "first": make_member(roles=coordinator),
            "second": make_member(roles=coordinator),
            "conflicted": make_member(roles=coordinator, belongs_to=[self.organisation]),
            "interested": make_member(roles=coordinator),
            "recused": make_member(roles=coordinator),
        }
        with transaction():
            declare_interest(self["interested"], Declaration("funding", "bureau"))

    def __getitem__(self, name):
        return self.people[name]

    def viewer(self, name):
        """Return what permissions know of one person."""
        return viewer_of(self[name])

    def about(self, member):
        """Make `member` the one whom things are about."""
        self.people["self"] = member
        session().add(
            Recusal(
                member_id=self["recused"].id,
                subject=subject_of(member),
                conflict=Conflict.DECLARED,
                recorded_at=now(),
            )
        )
        session().commit()
        return member


def person(cast, status, **columns):
    """Return somebody who applied for the organisation and stands at `status`."""
    number = next(_numbers)
    is_erased = status is MemberStatus.ERASED
    member = make_member(
        f"person{number}@bureau.example",
        status=MemberStatus.APPROVED if is_erased else status,
        email_confirmed_at=None if status is MemberStatus.APPLIED else now(),
        **columns,
    )
    if is_erased:
        member.email, member.password_hash, member.status = None, None, status
    is_open = status in {MemberStatus.APPLIED, MemberStatus.CONFIRMED}
    session().add(
        Application(
            member_id=member.id,
            organisation_name="BUREAU",
            words=WORDS,
            consent_version="1",
            applied_at=now(),
            confirmed_at=None if status is MemberStatus.APPLIED else now(),
            decision=None if is_open else "approved",
            decided_at=None if is_open else now(),
            decided_by_id=None if is_open else cast["first"].id,
        )
    )
    session().commit()
    return cast.about(member)


def due_person(cast, status):
    """Return somebody at `status` whose vetting is due."""
    return person(cast, status, vetted_until=now() + timedelta(days=30))


def done(service, actor, thing, *words):
    """Call a service in a transaction of its own and return the thing."""
    with transaction():
        service(actor, thing, *words)
    return thing


def asked(cast):
    """Return a new request for law-enforcement status, resting on the organisation."""
    member = cast.about(make_member(belongs_to=[cast.organisation]))
    with transaction():
        return request_status(
            member,
            country="GE",
            authority="Bureau",
            reference="12/26",
            words=WORDS,
            organisation=cast.organisation,
        )


def supported(cast):
    return done(approve_status, cast["first"], asked(cast))


def verified(cast):
    return done(approve_status, cast["second"], supported(cast))


STATUSES = {
    "requested": asked,
    "supported": supported,
    "verified": verified,
    "declined": lambda cast: done(decline_status, cast["second"], asked(cast), WORDS),
    "withdrawn": lambda cast: done(withdraw_status, *_own(cast, asked(cast))),
    "revoked": lambda cast: done(revoke_status, cast["second"], verified(cast), WORDS),
}
"""How a law-enforcement status comes into each state."""


def _own(cast, thing):
    return cast["self"], thing


def reported(cast):
    """Return a new report of lost factors."""
    member = cast.about(make_member(belongs_to=[cast.organisation], has_factor=True))
    with transaction():
        return request_reset(member, WORDS)


def half(cast):
    return done(approve_reset, cast["first"], reported(cast))


def agreed(cast):
    return done(approve_reset, cast["second"], half(cast))


def finished(cast):
    reset = agreed(cast)
    session().get(FactorReset, reset.id).takes_effect_at = now() - timedelta(seconds=1)
    session().commit()
    with transaction():
        complete_due_resets()
    return reset


RESETS = {
    "requested": reported,
    "supported": half,
    "approved": agreed,
    "done": finished,
    "declined": lambda cast: done(decline_reset, cast["second"], reported(cast), WORDS),
    "stopped": lambda cast: done(stop_reset, *_own(cast, reported(cast))),
}
"""How a report of lost factors comes into each state."""
