"""Recovery codes: ten, each of which works once, known to nobody but their owner."""

import re

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import InvalidError
from hub.core.outbox import OutboxMessage
from hub.members.models import RecoveryCode
from hub.members.recovery_codes import codes_left, make_recovery_codes, use_recovery_code
from hub.members.second_factor import note_removed

pytestmark = pytest.mark.db

SHAPE = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")


def make(member):
    with transaction():
        return make_recovery_codes(Viewer(public_id=member.public_id), member)


def use(member, code):
    with transaction():
        return use_recovery_code(member, code)


def test_there_are_ten_different_ones(nino):
    codes = make(nino)
    assert len(set(codes)) == 10
    assert all(SHAPE.fullmatch(code) for code in codes)
    assert codes_left(nino.id) == 10


def test_only_hashes_are_stored(nino):
    codes = make(nino)
    stored = session().scalars(select(RecoveryCode.code_hash)).all()
    assert not any(code in kept for code in codes for kept in stored)


def test_each_works_once(nino):
    codes = make(nino)
    assert use(nino, codes[0]) == 9
    with pytest.raises(InvalidError) as error:
        use(nino, codes[0])
    assert error.value.field == "code"
    assert use(nino, codes[1]) == 8


def test_hyphens_spaces_and_capitals_do_not_matter(nino):
    first, second, *_ = make(nino)
    use(nino, first.upper().replace("-", " "))
    use(nino, f" {second.replace('-', '')}\n")


@pytest.mark.parametrize("code", ["", "-", "abcd-efgh-jkmn-pqrs", "\x00", "é" * 200, "\ud800"])
def test_made_up_ones_are_refused(nino, code):
    make(nino)
    with pytest.raises(InvalidError):
        use(nino, code)


def test_somebody_elses_are_refused(nino, make_member):
    other = make_member("other")
    codes = make(other)
    make(nino)
    with pytest.raises(InvalidError):
        use(nino, codes[0])


def test_new_ones_replace_the_old(nino):
    codes = make(nino)
    make(nino)
    assert codes_left(nino.id) == 10
    with pytest.raises(InvalidError):
        use(nino, codes[0])


def test_making_and_using_are_logged_and_told(nino):
    use(nino, make(nino)[0])
    tags = session().scalars(select(AuditEntry.tag).order_by(AuditEntry.number)).all()
    assert tags == ["member:make_recovery_codes", "member:use_recovery_code"]
    kinds = session().scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["recovery_codes_made", "recovery_code_used"]


def test_they_go_with_the_last_factor(nino):
    make(nino)
    with transaction():
        note_removed(Viewer(public_id=nino.public_id), nino, "totp")
    assert codes_left(nino.id) == 0
