"""What waits of people, organisations and words agrees with the desks, apart from what one sent or is about oneself."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.alerts.waiting import what_waits
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.ownership.queries import offers_to
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.permissions import Conflict
from hub.integrity.viewers import viewer_of
from hub.members.models import AbuseReport, MemberStatus, ProfileScheme, TermAddition
from hub.members.profiles.terms import term_queue
from hub.members.service import subject_of
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    OrganisationStatus,
)
from hub.organisations.service import add_membership
from hub.privacy.erasure import erase_account
from hub.privacy.log_erasure import erasures_for, propose_erasure
from hub.vetting.abuse.queries import abuse_desk
from hub.vetting.desk import proposal_desk, vetting_desk
from hub.vetting.models import Application, FactorReset, FactorResetStatus
from hub.vetting.organisations.desk import merge_desk, verification_desk
from hub.vetting.organisations.merging import propose_merge
from hub.vetting.organisations.verification import ask_verification
from hub.vetting.permissions import can_appoint_some
from hub.vetting.roles import propose_role
from tests.catalogue.afterwards import offer_of
from tests.catalogue.cast import make_cast
from tests.factories import make_member, make_organisation, make_profile

pytestmark = pytest.mark.db

DECIDERS = ("free", "holder", "reviewer", "conflicted", "officer", "admin", "focal", "registrar", "member")


@pytest.fixture
def cast(database):
    """Everybody, and some of everything that waits; each kind also from somebody who decides about such things."""
    everybody = make_cast()
    fill(everybody)
    return everybody


def fill_vetting(cast):
    """Ask for statuses and report lost factors, of people and of a coordinator, some half agreed; let years end."""
    for whose, first in ((make_member(), None), (make_member(), cast["free"]), (cast["holder"], None)):
        session().add_all(
            [
                LawEnforcementStatus(
                    member_id=whose.id,
                    country="GE",
                    authority="Police",
                    reference="Letter 7",
                    status=LawEnforcementState.SUPPORTED if first else LawEnforcementState.REQUESTED,
                    first_verified_by_id=first.id if first else None,
                ),
                FactorReset(
                    member_id=whose.id,
                    words="Stolen.",
                    requested_at=now(),
                    status=FactorResetStatus.SUPPORTED if first else FactorResetStatus.REQUESTED,
                    first_approved_by_id=first.id if first else None,
                ),
            ]
        )
    for whose in (make_member(), cast["free"]):
        whose.vetted_until = now() + timedelta(days=10)
    session().commit()


def fill(cast):
    fill_vetting(cast)
    for country, speaker in (("GE", make_member()), ("ES", make_member()), ("GE", cast["free"])):
        organisation = make_organisation(country=country, status=OrganisationStatus.UNVERIFIED)
        with transaction():
            add_membership(organisation, speaker, MembershipRole.REPRESENTATIVE)
            ask_verification(speaker, organisation, "Please look.")
    for by in ("free", "holder"):
        with transaction():
            propose_merge(cast[by], make_organisation(), make_organisation(), reason="One body.")
    reporter = cast["member"]
    session().add_all(
        [
            AbuseReport(kind="spam", words="Spam.", reported_by_id=reporter.id, about_id=cast["mere"].id),
            AbuseReport(kind="spam", words="Spam.", reported_by_id=cast["free"].id, about_id=reporter.id),
            AbuseReport(kind="spam", words="Spam.", reported_by_id=reporter.id, about_id=cast["holder"].id),
            *(
                words := [
                    TermAddition(scheme=ProfileScheme.SKILLS, label="Beekeeping", key="beekeeping"),
                    TermAddition(
                        scheme=ProfileScheme.SKILLS,
                        label="Sailing",
                        key="sailing",
                        added_by_id=cast["free"].id,
                    ),
                ]
            ),
        ]
    )
    session().flush()
    # what no profile holds waits for nobody
    make_profile(make_member(), terms={"skills": [each.code for each in words]})
    applicant = make_member(status=MemberStatus.CONFIRMED)
    session().add(
        Application(
            member_id=applicant.id,
            words="Let me in.",
            consent_version="1",
            applied_at=now(),
            confirmed_at=now(),
        )
    )
    session().commit()
    with transaction():
        propose_role(cast["free"], make_member(), Role.INTEGRITY_OFFICER, reason="Needed.")
    with transaction():
        propose_role(cast["admin"], cast["member"], Role.INTEGRITY_OFFICER, reason="Needed.")
    offer_of(cast)
    for officer in (cast["officer"], make_member(roles=[Role.INTEGRITY_OFFICER])):
        former = make_member()
        with transaction():
            record(VISITOR, Event.MEMBER_SUSPEND, subject_of(former), reason="Said something ugly.")
            erase_account(former)
        with transaction():
            propose_erasure(officer, former.public_id, reason="They asked for it.")
    session().expire_all()


def number(viewer, kind):
    pile = what_waits(viewer).get(kind)
    return pile.number if pile else 0


def disagreements(cast, names, piles):
    """Return by name and kind what waits, and what the desk shows, wherever the two differ.

    Args:
        cast: everybody; what waits is stored once for all of them.
        names: who is asked.
        piles: a function that returns the rows of each kind that a viewer's desk shows.
    """
    found = {}
    for name in names:
        viewer = viewer_of(cast[name])
        for kind, rows in piles(viewer).items():
            if number(viewer, kind) != len(rows):
                found[name, kind] = number(viewer, kind), len(rows)
    return found


def test_organisations_agree_with_their_desks(cast):
    def piles(viewer):
        asked = verification_desk(viewer)
        merges = merge_desk(viewer)
        return {
            "verifications": [each for each in asked if each.request.requested_by_id != viewer.member_id],
            "merges": [each for each in merges if each.conflict is not Conflict.OWN_PROPOSAL],
        }

    assert disagreements(cast, DECIDERS, piles) == {}


def test_abuse_and_words_agree_with_their_desks(cast):
    def piles(viewer):
        return {
            "abuse": [
                each
                for each in abuse_desk(viewer)
                if viewer.member_id not in (each.report.reported_by_id, each.report.about_id)
            ],
            "terms": [each for each, _holders in term_queue(viewer) if each.added_by_id != viewer.member_id],
        }

    assert disagreements(cast, DECIDERS, piles) == {}


def test_people_agree_with_their_desk(cast):
    def piles(viewer):
        desk = vetting_desk(viewer)
        return {
            kind: [each for each in waiting if not each.is_mine and each.member.id != viewer.member_id]
            for kind, waiting in (
                ("applications", desk.applications),
                ("statuses", desk.statuses),
                ("resets", desk.resets),
                ("vettings", desk.due),
            )
        }

    assert disagreements(cast, ("free", "holder"), piles) == {}


def test_roles_and_erasures_agree_with_their_desks(cast):
    def piles(viewer):
        return {
            "roles": [
                each
                for each in (proposal_desk(viewer) if can_appoint_some(viewer) else [])
                if viewer.member_id not in (each.proposal.proposed_by_id, each.proposal.member_id)
            ],
            "erasures": [
                each
                for each in erasures_for(viewer)
                if each.status is ProposalStatus.PROPOSED and each.proposed_by_id != viewer.member_id
            ],
        }

    assert disagreements(cast, DECIDERS, piles) == {}


def test_offers_agree_with_the_list(cast):
    for name, viewer in cast.viewers.items():
        if viewer.is_member:
            assert number(viewer, "offers") == len(offers_to(viewer)), name


def test_every_kind_waits_on_somebody(cast):
    found = {kind for name in (*DECIDERS, "adopter") for kind in what_waits(viewer_of(cast[name]))}
    assert found >= {
        "verifications",
        "merges",
        "abuse",
        "terms",
        "applications",
        "statuses",
        "resets",
        "vettings",
        "roles",
        "erasures",
        "offers",
    }
