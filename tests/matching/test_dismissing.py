"""Setting suggestions aside: they stay aside, also in a new index, and it is nobody else's business."""

import pytest

from hub.access.viewer import VISITOR
from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching import dismissing
from hub.matching.dismissing import dismiss, dismissals_of, restore
from hub.matching.index.index import MatchIndex
from hub.matching.merging import dismissals_merged
from hub.matching.models import Dismissal
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.posting import people_for_request
from hub.members.models import MemberStatus
from tests.catalogue.records import POLICE
from tests.collaboration.acts import did
from tests.factories import make_member, make_organisation
from tests.matching.scenes import found_for, keys, network_request, officer, scientist, tracing_tool

pytestmark = pytest.mark.db

PAGE = PageRequest()


def set_aside(member, page=PAGE):
    return [each.thing.title for each in dismissals_of(viewer_of(member), page).items]


def test_what_was_set_aside_stays_aside_also_in_a_new_index(database, matching, tmp_path):
    nino, tool = officer(), tracing_tool()
    assert found_for(matching, nino) == [tool.public_id]
    did(dismiss, nino, tool.subject, reason="known")
    assert keys(innovations_for_me(matching, viewer_of(nino))) == []
    assert found_for(matching, nino) == []
    another = MatchIndex(tmp_path / "another", "another secret")
    assert keys(innovations_for_me(another, viewer_of(nino))) == []


def test_what_was_taken_back_is_suggested_again(database, matching):
    nino, tool = officer(), tracing_tool()
    dismissal = did(dismiss, nino, tool.subject, reason="known")
    did(restore, nino, dismissal.public_id)
    assert found_for(matching, nino) == [tool.public_id]
    assert session().query(Dismissal).count() == 0


def test_it_counts_for_one_member_and_one_purpose(database, matching):
    poster, nino = make_member(), officer()
    request, member = network_request(poster), scientist()
    did(dismiss, poster, f"member:{member.public_id}", purpose=request.subject, reason="known")
    assert found_for(matching, poster, people_for_request, request) == []
    other = network_request(poster)
    assert found_for(matching, poster, people_for_request, other) == [member.public_id]
    assert set_aside(nino) == []


def test_doing_it_again_replaces_reason_and_words(database):
    nino, tool = officer(), tracing_tool()
    did(dismiss, nino, tool.subject, reason="known")
    did(dismiss, nino, tool.subject, reason="other", words=" We built it. ")
    (row,) = session().query(Dismissal)
    assert (row.reason, row.words) == ("other", "We built it.")


@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [("because", "", "reason"), ("", "", "reason"), ("other", " ", "words"), ("known", "x" * 301, "words")],
)
def test_a_reason_is_needed(database, reason, words, field):
    nino, tool = officer(), tracing_tool()
    with pytest.raises(InvalidError) as refused:
        did(dismiss, nino, tool.subject, reason=reason, words=words)
    assert refused.value.field == field


def test_nobody_sets_more_aside_than_anybody_needs(database, monkeypatch):
    monkeypatch.setattr(dismissing, "MOST", 1)
    nino, tool, other = officer(), tracing_tool(), tracing_tool(name="Second")
    first = did(dismiss, nino, tool.subject, reason="known")
    did(dismiss, nino, tool.subject, reason="not_now")
    with pytest.raises(ConflictError, match="Take some back"):
        did(dismiss, nino, other.subject, reason="known")
    did(restore, nino, first.public_id)
    did(dismiss, nino, other.subject, reason="known")


def test_an_organisation_that_was_set_aside_stays_so_under_what_it_became(database):
    former, present = make_organisation("Former"), make_organisation("Present")
    one, two = make_member(), make_member()
    for member, organisation, purpose in (
        (one, former, "request:a"),
        (two, former, "request:b"),
        (two, present, "request:b"),
    ):
        subject = f"organisation:{organisation.slug}"
        session().add(Dismissal(member_id=member.id, subject=subject, purpose=purpose, reason="known"))
    session().commit()
    did(dismissals_merged, former.slug, present.slug)
    found = session().query(Dismissal).order_by(Dismissal.member_id)
    assert [(each.member_id, each.subject) for each in found] == [
        (one.id, f"organisation:{present.slug}"),
        (two.id, f"organisation:{present.slug}"),
    ]


def test_nothing_hidden_can_be_set_aside(database):
    nino, hidden = officer(), tracing_tool(readership=POLICE)
    for subject in (hidden.subject, "innovation:missing", "innovation:", "showcase:x", "nonsense", ""):
        with pytest.raises(NotFoundError):
            did(dismiss, nino, subject, reason="known")


def test_nothing_is_set_aside_for_what_is_not_theirs(database):
    nino, other = officer(), scientist()
    request = network_request()
    for purpose in (request.subject, "request:missing", "request:", "entry:x", "country:XX", "x", ":"):
        with pytest.raises(NotFoundError):
            did(dismiss, nino, f"member:{other.public_id}", purpose=purpose, reason="known")


def test_only_members_set_aside_and_only_their_own_is_taken_back(database):
    tool, nino = tracing_tool(), officer()
    dismissal = did(dismiss, nino, tool.subject, reason="known")
    with pytest.raises(ForbiddenError):
        did(dismiss, make_member(status=MemberStatus.SUSPENDED), tool.subject, reason="known")
    for public_id in (dismissal.public_id, "missing"):
        with pytest.raises(NotFoundError):
            did(restore, make_member(), public_id)


def test_the_list_holds_only_what_may_still_be_known_and_only_ones_own(database):
    nino, tool, hidden = officer(), tracing_tool(), tracing_tool(name="Second")
    did(dismiss, nino, tool.subject, reason="known")
    did(dismiss, nino, hidden.subject, reason="not_now")
    assert set_aside(nino) == ["Second", "Asset Tracer"]
    assert set_aside(nino, PageRequest(2, 1)) == ["Asset Tracer"]
    hidden.set_readership(POLICE)
    session().commit()
    assert set_aside(nino) == ["Asset Tracer"]
    assert set_aside(make_member()) == []
    assert dismissals_of(VISITOR, PAGE).total == 0


def test_the_log_tells_neither_what_nor_why(database):
    nino, tool = officer(), tracing_tool()
    dismissal = did(dismiss, nino, tool.subject, reason="other", words="A secret.")
    did(restore, nino, dismissal.public_id)
    logged = session().query(AuditEntry).filter(AuditEntry.tag.startswith("matching:")).all()
    assert [each.tag for each in logged] == ["matching:dismiss", "matching:restore"]
    for each in logged:
        assert (each.subject, each.reason) == (f"member:{nino.public_id}", "")
        assert (each.before_hash, each.after_hash) == (None, None)
