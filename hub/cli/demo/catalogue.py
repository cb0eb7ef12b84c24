"""Loads the demonstration's records through the services that people's pages use."""

from hub.catalogue.models import ReadinessState
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.catalogue.service import ImportOrigin, register_innovation, submit_revision
from hub.catalogue.texts.service import save_text
from hub.cli.demo.histories import publish, send_back, tell_history
from hub.cli.demo.records import Row, country_rows, details_of
from hub.cli.demo.scene import LANGUAGE, Scene

COMPILED_FROM = "public-sources"


def load_record(row: Row, scene: Scene) -> None:
    """Register and publish one record and tell what happened to it; a few stay on their way."""
    registrar = scene.members[row["registered_by"]]
    innovation = register_innovation(
        registrar,
        details_of(row, scene.organisations[row["organisation"]["name"]]),
        language=LANGUAGE,
        origin=ImportOrigin(COMPILED_FROM, row["external_id"]) if "external_id" in row else None,
    )
    (revision,) = innovation.revisions
    for language, words in row.get("texts", {}).items():
        save_text(registrar, revision, language, words, version=revision.version)
    stage = row.get("left_as", "published")
    if stage != "draft":
        submit_revision(registrar, revision, version=revision.version)
    if "returned" in row:
        send_back(row["returned"], registrar, revision, scene)
    if stage == "published":
        publish(revision, scene)
        tell_history(row, innovation, scene)


def state_countries(scene: Scene) -> None:
    """Let the fictional focal points state what their countries have of the common prerequisites."""
    for row in country_rows():
        stated = {
            topic: StatementDetails(ReadinessState(each["state"]), each["note"])
            for topic, each in row["statements"].items()
        }
        state_prerequisites(scene.members[row["stated_by"]], row["country"], stated, language=LANGUAGE)
