"""Drafts that were never sent can be thrown away, and nothing else."""

import pytest
from sqlalchemy import func, select

from hub.audit.events import Event
from hub.audit.models import AuditEntry
from hub.catalogue.batches.discarding import discard_collection, discard_innovation
from hub.catalogue.models import Annex, Innovation, InnovationRevision, RevisionText
from hub.catalogue.service import withdraw_revision
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.uploads import StoredFile
from tests.catalogue import proofs
from tests.catalogue.cast import compiled_draft, did, make_cast
from tests.catalogue.records import draft, submitted

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def counted(*tables):
    return [session().scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_draft_goes_with_all_that_belongs_to_it_but_the_log(cast):
    innovation = draft(cast.scene).innovation
    with transaction():
        file = proofs.stored_file()
    proofs.annex_for(cast, innovation, file=file)
    did(discard_innovation, cast["partner"], innovation)
    assert counted(Innovation, InnovationRevision, RevisionText, Annex, StoredFile) == [0] * 5
    tags = session().scalars(select(AuditEntry.tag).order_by(AuditEntry.number)).all()
    assert tags[-1] == Event.INNOVATION_DISCARD


def test_what_was_sent_once_stays(cast):
    revision = submitted(cast.scene)
    with pytest.raises(ConflictError):
        did(discard_innovation, cast["partner"], revision.innovation)
    did(withdraw_revision, cast["partner"], revision)
    with pytest.raises(ConflictError):
        did(discard_innovation, cast["partner"], revision.innovation)
    assert counted(Innovation) == [1]


@pytest.mark.parametrize("name", ["member", "free", "admin", "mere"])
def test_nobody_else_discards_it(cast, name):
    innovation = draft(cast.scene).innovation
    with pytest.raises(NotFoundError):
        did(discard_innovation, cast[name], innovation)
    assert counted(Innovation) == [1]


def test_the_drafts_of_one_import_go_together(cast):
    mine = [compiled_draft(cast, external_id=str(number)).innovation for number in range(3)]
    draft(cast.scene)
    source = mine[0].import_source
    assert did(discard_collection, cast["free"], source) == 0
    assert did(discard_collection, cast["compiler"], source) == 3
    assert counted(Innovation) == [1]
