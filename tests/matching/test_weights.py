"""How much parts count for one member: kept, private, and back to the usual."""

import pytest

from hub.access.viewer import VISITOR
from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.matching.models import PartWeight
from hub.matching.parts import Emphasis, Part
from hub.matching.weights import save_weights, weights_of
from hub.members.models import MemberStatus
from tests.collaboration.acts import did
from tests.factories import make_member

pytestmark = pytest.mark.db

USUAL = dict.fromkeys(Part, Emphasis.USUAL)


def test_every_part_counts_as_usual_for_who_chose_nothing(database):
    assert weights_of(viewer_of(make_member())) == USUAL
    assert weights_of(VISITOR) == USUAL


def test_what_was_chosen_is_kept_for_that_member_alone(database):
    member, other = make_member(), make_member()
    did(save_weights, member, {Part.NEED: Emphasis.MORE, Part.COUNTRY: Emphasis.LEFT_OUT})
    assert weights_of(viewer_of(member)) == {
        **USUAL,
        Part.NEED: Emphasis.MORE,
        Part.COUNTRY: Emphasis.LEFT_OUT,
    }
    assert weights_of(viewer_of(other)) == USUAL


def test_what_is_not_named_again_counts_as_usual_again(database):
    member = make_member()
    did(save_weights, member, {Part.NEED: Emphasis.MORE, Part.WORDS: Emphasis.LESS})
    did(save_weights, member, {Part.NEED: Emphasis.USUAL, Part.WORDS: Emphasis.MORE})
    assert weights_of(viewer_of(member)) == {**USUAL, Part.WORDS: Emphasis.MORE}
    assert session().query(PartWeight).count() == 1


def test_the_log_tells_that_weights_were_changed_and_not_which(database):
    member = make_member()
    did(save_weights, member, {Part.OFFENCES: Emphasis.MORE})
    did(save_weights, member, {Part.OFFENCES: Emphasis.MORE})
    (entry,) = session().query(AuditEntry).filter_by(tag="matching:weight")
    assert (entry.subject, entry.reason, entry.after_hash) == (f"member:{member.public_id}", "", None)


def test_who_is_not_approved_keeps_none(database):
    member = make_member(status=MemberStatus.SUSPENDED)
    with pytest.raises(ForbiddenError):
        did(save_weights, member, {Part.NEED: Emphasis.MORE})
