"""Sharing shortlists: with whom, what they see, who ends it, blocks, merges and erasure."""

import pytest
from sqlalchemy import delete, select

from hub.core.database import session, transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.models import Block, FieldAudience, MemberStatus
from hub.notifications.models import Notification
from hub.organisations.models import OrganisationStatus
from hub.organisations.people import colleagues_of
from hub.privacy.erasure import erase_account
from hub.shortlists import sharing
from hub.shortlists.models import Shortlist, ShortlistEntry, ShortlistShare
from hub.shortlists.queries import (
    is_named_in,
    lists_shared_with,
    own_shortlist,
    shares_of,
    shortlist_by_public_id,
    shown_entries,
)
from hub.shortlists.service import save_shortlist
from hub.shortlists.sharing import end_share, leave_shortlist, share_merged, share_with_member
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published
from tests.factories import make_member, make_organisation, make_profile
from tests.shortlists.lists import names_of, share, shortlist_of

pytestmark = pytest.mark.db


@pytest.fixture
def keeper(database):
    return make_member()


@pytest.fixture
def known(database):
    """Somebody whose profile members read."""
    member = make_member()
    make_profile(member)
    return member


def shared_with(member, number=1, per_page=20):
    """Return a page of the lists that others share with somebody."""
    return lists_shared_with(viewer_of(member), PageRequest(number, per_page)).items


def reads(member, shortlist):
    try:
        shortlist_by_public_id(shortlist.public_id, viewer_of(member))
    except NotFoundError:
        return False
    return True


def test_nobody_else_reads_a_list_until_it_is_shared(keeper, known):
    shortlist = shortlist_of(keeper)
    assert not reads(known, shortlist)
    share(shortlist, known)
    assert reads(known, shortlist)
    assert [each.shortlist.id for each in shared_with(known)] == [shortlist.id]
    assert not reads(make_member(), shortlist)
    with pytest.raises(NotFoundError):
        own_shortlist(shortlist.public_id, viewer_of(known))


def test_readers_see_only_what_they_may_see_and_no_number_of_more(known):
    keeper = make_member(law_enforcement="GE")
    open_one = published(make_scene(), name="Open").innovation
    hidden = published(make_scene(), name="Hidden", readership=GEORGIAN_POLICE).innovation
    shortlist = share(shortlist_of(keeper, hidden, open_one), known)
    assert names_of(shown_entries(shortlist, viewer_of(keeper))) == ["Hidden", "Open"]
    assert names_of(shown_entries(shortlist, viewer_of(known))) == ["Open"]
    assert shared_with(known)[0].count == 1


def test_an_organisation_reads_as_long_as_one_belongs_to_it(keeper):
    organisation = make_organisation()
    member, other = make_member(belongs_to=[organisation]), make_member()
    shortlist = share(shortlist_of(keeper), organisation)
    assert reads(member, shortlist)
    assert not reads(other, shortlist)
    with transaction():
        end_share(keeper, shortlist.shares[0])
    assert not reads(member, shortlist)


def test_a_list_is_shared_only_with_whom_its_keeper_may_know(keeper, known):
    shortlist = shortlist_of(keeper)
    nobody, quiet = make_member(), make_member()
    make_profile(quiet, FieldAudience.NOBODY)
    unverified = make_organisation(status=OrganisationStatus.UNVERIFIED)
    for receiver in (nobody, quiet, unverified):
        with pytest.raises(NotFoundError):
            share(shortlist, receiver)
    with pytest.raises(InvalidError):
        share(shortlist, keeper)


@pytest.mark.usefixtures("database")
def test_colleagues_are_known_without_a_profile():
    organisation = make_organisation()
    keeper, colleague = make_member(belongs_to=[organisation]), make_member(represents=[organisation])
    assert list(colleagues_of(viewer_of(keeper))) == [colleague]
    assert reads(colleague, share(shortlist_of(keeper), colleague))


def test_sharing_twice_is_sharing_once_and_tells_once(keeper, known):
    shortlist = share(shortlist_of(keeper), known)
    share(shortlist, known)
    assert session().query(ShortlistShare).count() == 1
    told = session().scalars(select(Notification.kind).where(Notification.member_id == known.id)).all()
    assert told == ["shortlist_shared"]


@pytest.mark.parametrize("ended_by", ["keeper", "reader"])
def test_sharing_again_after_it_ended_tells_nobody_twice(keeper, known, ended_by):
    for name in ("One", "Two"):
        shortlist = share(shortlist_of(keeper, name=name), known)
        for _ in range(3):
            with transaction():
                if ended_by == "keeper":
                    end_share(keeper, shortlist.shares[0])
                else:
                    leave_shortlist(known, shortlist)
            share(shortlist, known)
    told = session().scalars(select(Notification.kind).where(Notification.member_id == known.id)).all()
    assert told == ["shortlist_shared"] * 2


def test_lists_of_others_are_paged_the_one_shared_last_first(keeper):
    organisation = make_organisation()
    reader = make_member(belongs_to=[organisation])
    lists = [shortlist_of(keeper, name=name) for name in ("One", "Two", "Three")]
    for each in lists[::-1]:
        share(each, organisation)
    with transaction():
        save_shortlist(keeper, lists[2], name="Changed last", note="", version=1)
    names = [[each.shortlist.name for each in shared_with(reader, page, 2)] for page in (1, 2)]
    assert names == [["One", "Two"], ["Changed last"]]


def test_there_is_a_most_of_shares(keeper, known, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_SHARES", 1)
    shortlist = share(shortlist_of(keeper), known)
    with pytest.raises(InvalidError):
        share(shortlist, make_organisation())
    share(shortlist, known)


def test_being_shared_is_no_change_of_a_list(keeper, known):
    shortlist = shortlist_of(keeper)
    before = shortlist.changed_at, shortlist.version
    share(shortlist, known)
    assert (shortlist.changed_at, shortlist.version) == before


def test_a_list_that_was_deleted_meanwhile_is_shared_with_nobody(keeper, known):
    shortlist = shortlist_of(keeper)
    with transaction():
        session().refresh(shortlist)
        session().execute(delete(Shortlist), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            share_with_member(keeper, shortlist, known)


def test_who_blocked_the_keeper_reads_and_hears_nothing_and_the_keeper_cannot_tell(keeper, known):
    session().add(Block(member_id=known.id, blocked_id=keeper.id))
    session().commit()
    shortlist = share(shortlist_of(keeper), known)
    assert not reads(known, shortlist)
    assert shared_with(known) == []
    assert session().query(Notification).count() == 0
    assert [each.member for each in shares_of(shortlist, viewer_of(keeper))] == [known]


def test_a_list_goes_with_its_keeper(keeper, known):
    shortlist = share(shortlist_of(keeper), known)
    keeper.status = MemberStatus.SUSPENDED
    session().commit()
    assert not reads(known, shortlist)


def test_whom_the_keeper_may_no_longer_know_is_not_named(keeper, known):
    shortlist = share(shortlist_of(keeper), known)
    known.status = MemberStatus.SUSPENDED
    session().commit()
    shown = shares_of(shortlist, viewer_of(keeper))
    assert [(each.member, each.organisation) for each in shown] == [(None, None)]
    assert shares_of(shortlist, viewer_of(known)) == []


def test_who_is_named_can_leave_and_nobody_else_is_taken_out(keeper, known):
    other = make_member()
    make_profile(other)
    shortlist = share(share(shortlist_of(keeper), known), other)
    assert is_named_in(shortlist, viewer_of(known))
    with transaction():
        leave_shortlist(known, shortlist)
    assert not reads(known, shortlist)
    assert reads(other, shortlist)


def test_what_is_shared_with_a_merged_organisation_is_shared_with_what_it_became_once(keeper):
    former, present = make_organisation(), make_organisation()
    both = share(share(shortlist_of(keeper, name="Both"), former), present)
    one = share(shortlist_of(keeper, name="One"), former)
    with transaction():
        share_merged(former.id, present.id)
    for shortlist in (both, one):
        assert [each.organisation_id for each in shortlist.shares] == [present.id]


def test_erasing_takes_lists_and_shares_along(keeper, known):
    innovation = published(make_scene()).innovation
    share(shortlist_of(keeper, innovation, notes="mine"), known)
    theirs = share(shortlist_of(known, innovation), make_organisation())
    make_profile(keeper)
    share(theirs, keeper)
    with transaction():
        erase_account(keeper)
    assert session().scalars(select(Shortlist.id)).all() == [theirs.id]
    assert session().scalars(select(ShortlistEntry.shortlist_id)).all() == [theirs.id]
    assert session().scalars(select(ShortlistShare.member_id)).all() == [None]
