"""What a rule says of one message, and what the condition lists, agree; and who may write, in every case there is."""

from itertools import product

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.messages.permissions import Acquaintance, can_block, can_read, can_write, visible_to
from hub.members.models import ContactMessage
from tests.factories import make_member, make_profile

FACTS = ("is_in_standing", "is_visible", "takes_messages", "has_written", "blocks", "is_blocked")
SOMEBODY, OTHER = Viewer(member_id=1, public_id="one"), 2


def acquaintances(member_id=OTHER):
    return [
        Acquaintance(member_id, **dict(zip(FACTS, values, strict=True)))
        for values in product((False, True), repeat=len(FACTS))
    ]


@pytest.mark.parametrize("viewer", [VISITOR, Viewer(member_id=OTHER, public_id="two")])
def test_visitors_and_oneself_can_do_nothing(viewer):
    assert not any(can_write(viewer, each) or can_block(viewer, each) for each in acquaintances())


def test_who_may_write_is_known_in_standing_and_unblocked_on_both_sides():
    allowed = [each for each in acquaintances() if can_write(SOMEBODY, each)]
    assert allowed
    for each in allowed:
        assert each.is_in_standing
        assert not each.blocks
        assert not each.is_blocked
        assert each.has_written or (each.is_visible and each.takes_messages)
        assert each.is_known
        assert can_block(SOMEBODY, each)


def test_only_who_is_known_can_be_blocked():
    assert all(can_block(SOMEBODY, each) is each.is_known for each in acquaintances())


@pytest.mark.db
def test_rule_and_condition_agree_about_every_message(people):
    third = make_member()
    make_profile(third)
    everybody = (people.nino, people.dana, third)
    for sender, receiver in product(everybody, everybody):
        if sender is not receiver:
            people.write(sender, receiver)
    stored = session().scalars(select(ContactMessage)).all()
    for viewer in (VISITOR, *(viewer_of(each) for each in (*everybody, make_member()))):
        listed = set(session().scalars(select(ContactMessage.id).where(visible_to(viewer))))
        assert listed == {each.id for each in stored if can_read(viewer, each)}
