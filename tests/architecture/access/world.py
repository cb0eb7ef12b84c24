"""One hub with everybody of the access tables in it and one of each thing, by the names that the tables use."""

from dataclasses import dataclass, field

from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.catalogue.batches.service import start_import
from hub.catalogue.curation.service import propose
from hub.catalogue.models import ApprovalBatch, BatchEntry, ProposedAction
from hub.catalogue.ownership.service import claim_record, offer_record
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.service import Declaration, declare_interest
from hub.members.models import Member, MemberStatus, Passkey, SignInSession
from hub.members.queries import roles_in_force
from hub.organisations.models import LawEnforcementStatus, Organisation
from hub.vetting.invitations import invite
from hub.vetting.law_enforcement import request_status
from hub.vetting.models import Application, FactorReset
from hub.vetting.roles import offer_role, propose_role
from tests.architecture.access.collected import add_collected
from tests.architecture.access.community import add_organisations, add_people
from tests.architecture.access.introduced import add_introductions
from tests.architecture.access.posted import add_requests
from tests.architecture.access.promised import add_promises
from tests.architecture.access.staged import add_showcases
from tests.catalogue.cast import Cast, compiled_record, did, record_of
from tests.catalogue.proofs import annex_for, claimed, evidence_for, stored_file
from tests.catalogue.records import GEORGIAN_POLICE, draft, named_organisations, submitted
from tests.factories import make_law_enforcement, make_member, make_organisation

ABSENT = "2" * 22
"""What no thing is called."""


@dataclass
class World:
    """Everybody and everything.

    Args:
        people: members by the names of the tables; None is the visitor.
        places: for each thing what stands in addresses in place of `<slug>`, `<public_id>` and the like.
    """

    people: dict[str, Member | None]
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, name: str, **places: object) -> None:
        """Remember how addresses name a thing."""
        self.places[name] = {f"<{place}>": str(value) for place, value in places.items()}


def make_people(owner: Organisation, adopting: Organisation) -> dict[str, Member | None]:
    """Store one member of each kind by name; a visitor is None.

    Args:
        owner: of the records; the owner represents it.
        adopting: who took an innovation up; the party represents it. The recused coordinator belongs to both.
    """
    coordinator = [Role.COORDINATOR]
    return {
        "visitor": None,
        "applicant": make_member(status=MemberStatus.CONFIRMED),
        "member": make_member(),
        "representative": make_member(represents=[make_organisation(country="PT")]),
        "focal point": make_member(focal_country="KE"),
        "law enforcement": make_member(law_enforcement="GE"),
        "law enforcement abroad": make_member(law_enforcement="ID"),
        "coordinator": make_member(roles=coordinator),
        "integrity officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
        "administrator": make_member(roles=[Role.ADMINISTRATOR]),
        "suspended": make_member(status=MemberStatus.SUSPENDED),
        "owner": make_member(represents=[owner]),
        "party": make_member(represents=[adopting]),
        "recused coordinator": make_member(roles=coordinator, belongs_to=[owner, adopting]),
        "coordinator without factor": make_member(roles=coordinator, has_factor=False),
        "lapsed": make_member(status=MemberStatus.LAPSED),
    }


def make_world() -> World:
    """Store everybody, and one of each thing in the state in which the tables speak of it."""
    owner, adopting = make_organisation("Owning Agency"), make_organisation("Adopting Agency", country="ES")
    people = make_people(owner, adopting)
    backstage = ("holder", "reviewer", "compiler", "free")
    others = {name: make_member(roles=[Role.COORDINATOR]) for name in backstage}
    others |= {"adder": make_member(), "partner": people["owner"], "registrar": people["owner"]}
    cast = Cast(owner, adopting, people | others)
    world = World(people)
    world.add("agency", slug=owner.slug)
    world.add("adopting agency", slug=adopting.slug)
    _add_records(world, cast)
    colleague = _add_vetting(world, cast)
    _add_belongings(world, cast)
    add_people(world, cast)
    add_organisations(world, cast, colleague)
    add_collected(world, cast)
    add_requests(world, cast)
    add_showcases(world, cast)
    add_introductions(world, cast)
    add_promises(world, cast)
    session().commit()
    return world


def _add_records(world: World, cast: Cast) -> None:
    public, police = record_of(cast), record_of(cast, readership=GEORGIAN_POLICE)
    offered = record_of(cast)
    for name, innovation in (
        ("public record", public),
        ("police record", police),
        ("offered record", offered),
        ("draft", draft(cast.scene).innovation),
        ("submitted record", submitted(cast.scene).innovation),
        ("submitted police record", submitted(cast.scene, readership=GEORGIAN_POLICE).innovation),
    ):
        world.add(name, slug=innovation.slug)
    compiled = compiled_record(cast, organisation_id=cast.adopting.id)
    claim = did(claim_record, cast["party"], compiled, words="It is ours.")
    world.add("claimed record", slug=compiled.slug)
    world.add("claim", kind="claims", public_id=claim.public_id)
    offer = did(
        offer_record, cast["owner"], offered, organisation_id=cast.adopting.id, words="Please take it."
    )
    world.add("offer", public_id=offer.public_id)
    proposal = did(
        propose, cast["compiler"], public, ProposedAction.FEATURE, reason="Good.", disclosure="Nobody pays."
    )
    world.add("proposal", kind="proposals", public_id=proposal.public_id)
    readers = named_organisations(cast.adopting)
    # the party is named and stands outside the record's audience: it reads nothing all the same
    both = frozenset({cast["law enforcement"].id, cast["party"].id})
    people = Readership(Audience.PEOPLE, Tlp.RED, people=both)
    members, named, theirs = (
        annex_for(cast, public),
        annex_for(cast, public, readers),
        annex_for(cast, police, people),
    )
    for name, annex in (("annex", members), ("named annex", named), ("police annex", theirs)):
        world.add(name, slug=annex.innovation.slug, public_id=annex.public_id)
    for name, innovation in (("evidence", public), ("police evidence", police)):
        evidence = evidence_for(cast, innovation, by="owner")
        world.add(name, slug=innovation.slug, public_id=evidence.public_id, kind="evidence")
    for name, innovation in (("replication", public), ("police replication", police)):
        replication = claimed(cast, innovation)
        world.add(name, slug=innovation.slug, public_id=replication.public_id, kind="replications")
    run = did(start_import, cast["owner"], stored_file(), format="csv", language="en-GB", is_dry_run=True)
    world.add("import run", public_id=run.public_id)
    revision = submitted(cast.scene)
    batch = ApprovalBatch(collection="papers", submitted_by_id=cast["owner"].id, submitted_at=now())
    session().add(batch)
    session().flush()
    session().add(BatchEntry(batch_id=batch.id, revision_id=revision.id))
    session().commit()
    world.add("batch", public_id=batch.public_id)


def _add_vetting(world: World, cast: Cast) -> Member:
    """Add what coordinators vet, all of it about people of the owning agency, and roles proposed and offered.

    Returns:
        Somebody who belongs to the owning agency.
    """
    applicant = make_member(status=MemberStatus.CONFIRMED)
    application = Application(
        member_id=applicant.id, organisation_name=cast.owner.name, words="Let me in.", consent_version="1",
        applied_at=now(), confirmed_at=now(),
    )  # fmt: skip
    session().add(application)
    session().commit()
    world.add("application", public_id=applicant.public_id)
    colleague = make_member(belongs_to=[cast.owner], has_factor=True)
    status = did(
        request_status, colleague, country="GE", authority="Police", reference="7", words="I work there."
    )
    world.add("colleague", public_id=colleague.public_id)
    world.add("status request", public_id=status.public_id)
    verified = make_law_enforcement(make_member(belongs_to=[cast.owner]), "GE")
    reset = FactorReset(member_id=colleague.id, words="Call me.", requested_at=now())
    session().add_all((verified, reset))
    session().commit()
    world.add("status", public_id=verified.public_id)
    world.add("factor reset", public_id=reset.public_id)
    proposal = did(propose_role, cast["compiler"], colleague, Role.COORDINATOR, reason="Needed.")
    world.add("role proposal", public_id=proposal.public_id)
    focal = cast["focal point"]
    (grant,) = roles_in_force(focal, now())
    world.add("role", public_id=grant.public_id)
    offered = did(offer_role, focal, grant, cast["member"], reason="I leave.")
    world.add("role offer", public_id=offered.public_id)
    return colleague


def _add_belongings(world: World, cast: Cast) -> None:
    """Add what belongs to one person and is nobody else's business."""
    invitation = did(invite, cast["owner"], "new@test.example", organisation=cast.owner)
    world.add("invitation", public_id=invitation.public_id)
    member = cast["member"]
    place = SignInSession(
        token_hash="0" * 64, member_id=member.id, created_at=now(), last_seen_at=now(), user_agent="elsewhere"
    )
    passkey = Passkey(
        member_id=member.id, name="Key", credential_id=b"credential", public_key=b"key", created_at=now()
    )
    session().add_all((place, passkey))
    session().commit()
    world.add("session", public_id=place.public_id)
    world.add("passkey", public_id=passkey.public_id)
    declaration = Declaration("employer", "Some Company")
    interest = did(declare_interest, cast["coordinator"], declaration)
    world.add("interest", public_id=interest.public_id)
    own = did(
        request_status, member, country="GE", authority="Police", reference="8", words="I work there too."
    )
    world.add("own status request", public_id=own.public_id)
    world.add("own status", public_id=_status_of(cast["law enforcement"]))


def _status_of(member: Member) -> str:
    return (
        session()
        .scalars(select(LawEnforcementStatus.public_id).where(LawEnforcementStatus.member_id == member.id))
        .one()
    )
