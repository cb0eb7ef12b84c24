"""The same table walked through the services on a database: every state × action × person, one call each."""

from itertools import product

import pytest

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.catalogue.models import RevisionStatus
from hub.catalogue.review.service import (
    decline_revision,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import submit_revision, withdraw_revision
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from tests.catalogue.records import OPINION, WAYS, make_scene
from tests.catalogue.test_lifecycle import ACTIONS, LEADS_TO
from tests.factories import make_member
from tests.undoing import undone

SERVICES = {
    "submit": lambda actor, revision: submit_revision(actor, revision, version=revision.version),
    "take": take_revision,
    "publish": publish_revision,
    "release": release_revision,
    "withdraw": withdraw_revision,
    "request_changes": lambda actor, revision: request_changes(actor, revision, OPINION["request_changes"]),
    "decline": lambda actor, revision: decline_revision(actor, revision, OPINION["decline"]),
}

OWNERS_ACTIONS = ("submit", "withdraw")

PEOPLE = ("partner", "coordinator", "colleague", "member", "own coordinator", "administrator")
"""`coordinator` is who takes reviews in this scene, `own coordinator` belongs to the owner."""


def person(name, scene):
    if hasattr(scene, name):
        return getattr(scene, name)
    if name == "own coordinator":
        return make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner])
    return make_member(roles=[Role.ADMINISTRATOR] if name == "administrator" else [])


def refusal(action, status, name):
    """Return what an attempt gets, or None where it succeeds. Written by hand, not asked from the code."""
    if action in OWNERS_ACTIONS:
        if name != "partner":
            return NotFoundError
        return None if (action, status) in LEADS_TO else ConflictError
    if name in {"partner", "member", "administrator"}:
        return NotFoundError
    if name == "own coordinator":
        # giving back is open also to whom a conflict keeps from deciding, but this one holds nothing
        return ConflictError if action == "release" else ForbiddenError
    if action != "take" and name == "colleague":
        return ConflictError
    return None if (action, status) in LEADS_TO else ConflictError


def log_size():
    return session().query(AuditEntry).count()


@pytest.mark.db(status=frozenset({RevisionStatus.IN_REVIEW}))
@pytest.mark.parametrize(("status", "name"), list(product(RevisionStatus, PEOPLE)))
def test_each_person_gets_what_the_table_says(database, status, name):
    scene = make_scene()
    actor = person(name, scene)
    revision = WAYS[status](scene)
    before, decided = log_size(), list(revision.decisions)
    for action in ACTIONS:
        expected = refusal(action, status, name)
        with undone(database):
            if expected is None:
                with transaction():
                    SERVICES[action](actor, revision)
                assert revision.status is LEADS_TO[action, status]
                assert log_size() == before + 1
            else:
                with pytest.raises(expected), transaction():
                    SERVICES[action](actor, revision)
                assert revision.status is status
                assert list(revision.decisions) == decided
                assert log_size() == before
            assert (revision.reviewer_id is not None) is (revision.status is RevisionStatus.IN_REVIEW)
