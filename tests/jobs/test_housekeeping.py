"""What is cleared away once an hour, in the database and in the instance folder."""

import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.catalogue.batches.service import start_import
from hub.catalogue.models import ImportRun
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.uploads import accept_file, path_of, stored_file
from hub.jobs.housekeeping import tidy
from hub.members.links import make_token
from hub.members.models import MailToken, TokenPurpose
from hub.vetting.invitations import invite
from hub.vetting.models import Invitation
from tests.core.samples import PDF
from tests.factories import make_member


@pytest.mark.db
def test_a_file_goes_a_day_after_its_row(database, tmp_path):
    accepted = [accept_file(tmp_path, "a.pdf", io.BytesIO(PDF)) for _ in range(2)]
    with transaction():
        rows = [stored_file(each) for each in accepted]
    bind = database.get_bind()
    with time_machine.travel(now() + timedelta(hours=25), tick=False):
        tidy(bind, tmp_path)
        assert all(path_of(tmp_path, each).exists() for each in accepted)
        with transaction():
            database.delete(rows[0])
        tidy(bind, tmp_path)
        tidy(bind, tmp_path)
    assert [path_of(tmp_path, each).exists() for each in accepted] == [False, True]


@pytest.mark.db
def test_a_fresh_file_waits_for_its_row(database, tmp_path):
    accepted = accept_file(tmp_path, "a.pdf", io.BytesIO(PDF))
    tidy(database.get_bind(), tmp_path)
    assert path_of(tmp_path, accepted).exists()


@pytest.mark.db
def test_an_import_is_forgotten_after_ninety_days_with_its_file(database, tmp_path):
    accepted = accept_file(tmp_path, "a.csv", io.BytesIO(b"name\nLedger\n"))
    somebody = make_member(roles=[Role.COORDINATOR])
    with transaction():
        run = start_import(somebody, stored_file(accepted), format="csv", language="en", is_dry_run=True)
    path = path_of(tmp_path, run.file)
    for days, is_kept in ((89, True), (91, False)):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            tidy(database.get_bind(), tmp_path)
            assert path.exists() is is_kept
            assert (database.scalar(select(func.count()).select_from(ImportRun)) == 1) is is_kept
            database.commit()


@pytest.mark.db
def test_links_and_invitations_that_led_nowhere_go_with_the_rest(database, tmp_path):
    inviting = make_member(focal_country="GE")
    with transaction():
        invite(inviting, "guest@ngo.example", country="GE")
        make_token(TokenPurpose.RESET, member_id=inviting.id)
    with time_machine.travel(now() + timedelta(days=38), tick=False):
        tidy(database.get_bind(), tmp_path)
    assert not database.scalars(select(MailToken)).all()
    assert not database.scalars(select(Invitation)).all()
