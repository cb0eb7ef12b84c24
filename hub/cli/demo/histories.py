"""What happened to the demonstration's records after they were published, told through the services."""

from datetime import date

from hub.catalogue.annexes.service import AnnexDetails, add_annex
from hub.catalogue.curation.service import approve_proposal, archive_innovation, propose, report_problem
from hub.catalogue.evidence.service import EvidenceDetails, accept_evidence, add_evidence, reject_evidence
from hub.catalogue.models import (
    Innovation,
    InnovationDetails,
    InnovationRevision,
    ProposedAction,
    Replication,
)
from hub.catalogue.replications.service import (
    ReplicationDetails,
    answer_dispute,
    claim_replication,
    confirm_replication,
    dispute_replication,
    fail_replication,
    verify_replication,
)
from hub.catalogue.review.service import (
    Opinion,
    decline_revision,
    publish_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import revise_innovation, save_details, submit_revision
from hub.catalogue.tasks.service import take_task
from hub.cli.demo.records import Row, readership_of
from hub.cli.demo.scene import DECIDER, LANGUAGE, PROPOSER, REVIEWER, Scene
from hub.core.uploads import stored_file
from hub.integrity.permissions import Conflict
from hub.integrity.service import record_recusal
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

STATEMENTS = {"dispute": dispute_replication, "answer": answer_dispute, "fail": fail_replication}
"""What each side says of a replication in words."""


def publish(revision: InnovationRevision, scene: Scene) -> None:
    """Let a coordinator take and publish a submitted revision."""
    reviewer = scene.members[REVIEWER]
    take_revision(reviewer, revision)
    publish_revision(reviewer, revision)


def send_back(row: Row, author: Member, revision: InnovationRevision, scene: Scene) -> None:
    """Let a coordinator ask for changes to a submitted revision, and its author answer them and submit it again."""
    reviewer = scene.members[row["by"]]
    take_revision(reviewer, revision)
    request_changes(reviewer, revision, Opinion(tuple(row["reasons"]), row["words"], row["comments"]))
    save_details(author, revision, InnovationDetails(**row["answer"]), version=revision.version)
    submit_revision(author, revision, version=revision.version)


def tell_history(row: Row, innovation: Innovation, scene: Scene) -> None:
    """Let all happen that the data file tells of a published record."""
    if "revised" in row:
        _revise(row["revised"], innovation, scene)
    if "recused" in row:
        aside = row["recused"]
        record_recusal(
            viewer_of(scene.members[aside["by"]]), innovation.subject, Conflict.DECLARED, aside["words"]
        )
    if "refused" in row:
        _refuse(row["refused"], innovation, scene)
    replications = {each["key"]: _replicate(each, innovation, scene) for each in row.get("replications", ())}
    for each in row.get("evidence", ()):
        _add_evidence(each, innovation, replications, scene)
    for each in row.get("replications", ()):
        if "verified" in each:
            decider, replication = scene.members[DECIDER], replications[each["key"]]
            take_task(decider, replication)
            verify_replication(decider, replication, words=each["verified"])
    for each in row.get("annexes", ()):
        add_annex(
            scene.members[row["registered_by"]],
            innovation,
            AnnexDetails(
                title=each["title"],
                body=each["body"],
                language=LANGUAGE,
                readership=readership_of(each["audience"], scene.organisations, scene.members),
            ),
        )
    _curate(row, innovation, scene)


def _revise(row: Row, innovation: Innovation, scene: Scene) -> None:
    """Change the words of the source, which leaves the translations behind."""
    author = scene.members[row["by"]]
    revision = revise_innovation(author, innovation)
    save_details(author, revision, InnovationDetails(**row["words"]), version=revision.version)
    submit_revision(author, revision, version=revision.version)
    publish(revision, scene)


def _refuse(row: Row, innovation: Innovation, scene: Scene) -> None:
    """Let a coordinator decline new words of a public record, which stays as it is."""
    author, reviewer = scene.members[row["by"]], scene.members[REVIEWER]
    revision = revise_innovation(author, innovation)
    save_details(author, revision, InnovationDetails(**row["words"]), version=revision.version)
    submit_revision(author, revision, version=revision.version)
    take_revision(reviewer, revision)
    decline_revision(reviewer, revision, Opinion(tuple(row["reasons"]), row["opinion"]))


def _replicate(row: Row, innovation: Innovation, scene: Scene) -> Replication:
    replication = claim_replication(
        scene.members[row["claimed_by"]],
        innovation,
        ReplicationDetails(
            adopter_id=scene.organisations[row["adopter"]].id,
            country=row["country"],
            language=LANGUAGE,
            adapted=row["adapted"],
            cost_band=row["cost_band"],
            started_on=date.fromisoformat(row["started_on"]),
            result=row["result"],
            source_url=row["source_url"],
        ),
    )
    for step in row["steps"]:
        actor = scene.members[step["by"]]
        if step["action"] == "confirm":
            confirm_replication(actor, replication)
        else:
            STATEMENTS[step["action"]](actor, replication, words=step["words"], language=LANGUAGE)
    return replication


def _add_evidence(
    row: Row, innovation: Innovation, replications: dict[str, Replication], scene: Scene
) -> None:
    about = replications[row["about"]].id if "about" in row else None
    evidence = add_evidence(
        scene.members[row["added_by"]],
        innovation,
        EvidenceDetails(
            language=LANGUAGE,
            replication_id=about,
            url=row.get("url"),
            **{
                name: row[name]
                for name in ("type", "title", "author", "is_independent", "country", "year", "finding")
            },
        ),
        file=stored_file(scene.files[row["file"]]) if "file" in row else None,
    )
    if row["decision"] is None:
        return
    decider = scene.members[DECIDER]
    take_task(decider, evidence)
    decide = {"accept": accept_evidence, "reject": reject_evidence}[row["decision"]]
    decide(decider, evidence, words=row.get("words", ""))


def _curate(row: Row, innovation: Innovation, scene: Scene) -> None:
    """Feature the record, report a problem with it, archive it, as the data file says."""
    if "featured" in row:
        proposal = propose(scene.members[PROPOSER], innovation, ProposedAction.FEATURE, **row["featured"])
        take_task(scene.members[DECIDER], proposal)
        approve_proposal(scene.members[DECIDER], proposal)
    if "problem_report" in row:
        report = row["problem_report"]
        report_problem(
            scene.members[report["by"]],
            innovation,
            kind=report["kind"],
            words=report["words"],
            language=LANGUAGE,
        )
    if "archived" in row:
        archive_innovation(scene.members[row["archived"]["by"]], innovation, words=row["archived"]["words"])
