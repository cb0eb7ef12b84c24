"""The demonstration's commitments, told through the services: UK0066 with an owner, fictional promises of Georgia."""

from datetime import date, timedelta

from hub.access.viewer import VISITOR
from hub.cli.demo.scene import DECIDER, PROPOSER, Scene
from hub.commitments.assessing.details import AssessmentDetails, Rating
from hub.commitments.assessing.service import record_assessment
from hub.commitments.evidence.details import EvidenceDetails
from hub.commitments.evidence.service import accept_evidence, give_evidence
from hub.commitments.keeping.details import CommitmentDetails, PartyDetails, PlanDetails
from hub.commitments.keeping.service import enter_commitment, publish_commitment
from hub.commitments.milestones.details import MetricTarget, MilestoneDetails
from hub.commitments.milestones.moving import move_milestone
from hub.commitments.milestones.queries import milestone_by_number, milestones_of
from hub.commitments.milestones.service import add_milestone, measure_milestone
from hub.commitments.models import Maker, PartyRole
from hub.commitments.own import OWN_CODE
from hub.commitments.owning.service import accept_handover, offer_handover
from hub.commitments.queries import commitment_by_code
from hub.core.clock import now

PLAN = PlanDetails("Open Government Action Plan 2026–2027 (fictional)", 2026, 2027, 7)
SOURCE = "https://example.org/fictional-action-plan"
MONTH = timedelta(days=30)

EVIDENCE = EvidenceDetails(
    "The public catalogue of this hub",
    "Anybody can look up innovations, read who runs them and follow it to its source. (Fictional evidence.)",
    "https://example.org/fictional-catalogue",
    1,
)
WAITING = EvidenceDetails(
    "Photographs of the stage in Tbilisi",
    "Four innovations were presented to delegations of eleven countries. (Fictional evidence.)",
    "https://example.org/fictional-photographs",
    2,
)


def tell_commitments(scene: Scene) -> None:
    """Give the hub's own promise an owner, evidence and a rating by itself; enter two promises of Georgia."""
    _tell_own(scene)
    _tell_georgia(scene)


def _tell_own(scene: Scene) -> None:
    commitment = commitment_by_code(OWN_CODE, VISITOR)
    owner, proposer = scene.members[DECIDER], scene.members[PROPOSER]
    offer = offer_handover(
        proposer,
        commitment,
        to=owner.public_id,
        institution="Secretariat of this hub (fictional)",
        words="The catalogue is open. Showcases have begun. Nobody answered for this promise since 2018.",
    )
    accept_handover(owner, offer)
    accept_evidence(proposer, give_evidence(scene.members["cso"], commitment, EVIDENCE))
    give_evidence(scene.members["partner.ge"], commitment, WAITING)
    move_milestone(
        owner,
        milestone_by_number(commitment, 3, VISITOR),
        "start",
        words="Requests are answered and first replications are confirmed.",
    )
    record_assessment(
        owner,
        commitment,
        AssessmentDetails(
            maker=Maker.SELF,
            scheme="irm_2021",
            ratings=(Rating("verifiable", "yes"), Rating("completion", "limited")),
            assessed_on=now().date(),
            words="The hub runs and anybody can read it. What was promised for others to take up has only begun.",
        ),
    )


def _tell_georgia(scene: Scene) -> None:
    keeper, today = scene.members["partner.ge"], now().date()
    active = enter_commitment(
        keeper, _details("GE9001", "Open declarations of judges (fictional)", today - 6 * MONTH)
    )
    publish_commitment(keeper, active)
    accept_handover(
        scene.members["cso"],
        offer_handover(
            keeper,
            active,
            to=scene.members["cso"].public_id,
            institution="Fictional Centre for Safe Reporting",
            words="The register exists. What is missing is that people can search it.",
        ),
    )
    for details in (
        MilestoneDetails("The law names what judges declare", due_on=today - 2 * MONTH),
        MilestoneDetails(
            "Anybody can search the declarations",
            "A register that people outside the courts can use, and that others take up.",
            today + MONTH,
        ),
    ):
        add_milestone(keeper, active, details)
    law, register = milestones_of(active, VISITOR)
    measure_milestone(
        keeper,
        register,
        (MetricTarget("innovations_published", 10, "country:GE"),),
        version=register.version,
    )
    move_milestone(scene.members["cso"], law, "start", words="A draft of the law is before parliament.")
    offer_handover(
        scene.members["cso"],
        active,
        to=scene.members["business"].public_id,
        institution="Chamber of Registers (fictional)",
        words="The draft of the law is done, the register is not. I leave at the end of the year.",
    )
    enter_commitment(keeper, _details("GE9002", "Owners of companies that sell to courts (fictional)", today))


def _details(code: str, title: str, begins: date) -> CommitmentDetails:
    return CommitmentDetails(
        code=code,
        country="GE",
        plan=PLAN,
        title=title,
        objective="Fictional: what judges own can be looked up by anybody.",
        status_quo="Fictional: declarations lie on paper in eleven offices.",
        ambition="Fictional: one public register, from which others can learn.",
        policy_areas=("justice", "open_data"),
        ogp_values=("access_to_information",),
        parties=(PartyDetails(PartyRole.LEAD, "Ministry of Registers (fictional)"),),
        starts_on=begins,
        ends_on=date(now().year + 1, 12, 31),
        source_url=SOURCE,
        source_title="Fictional action plan",
        retrieved_on=now().date(),
    )
