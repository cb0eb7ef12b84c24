"""What may be followed, by whom, and how often."""

import pytest

from hub.alerts import service
from hub.alerts.models import Follow, FollowedKind
from hub.alerts.queries import follows_of, is_followed
from hub.alerts.service import follow_merged, unfollow
from hub.core.database import session, transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.models import MergedOrganisation, OrganisationStatus
from tests.alerts.follows import COUNTRY, INNOVATION, ORGANISATION, follow, search_for
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def reader(database):
    return make_member()


def test_following_twice_is_following_once(reader):
    assert follow(reader, COUNTRY, "GE").id == follow(reader, COUNTRY, "GE").id
    first = search_for(reader, "Ledger  of gifts", country=["GE", "ES"])
    assert search_for(reader, "Ledger of gifts", country=["ES", "GE"]).id == first.id
    assert session().query(Follow).count() == 2


def test_what_one_may_not_see_cannot_be_followed(reader):
    scene = make_scene()
    hidden = published(scene, readership=GEORGIAN_POLICE).innovation
    unverified = make_organisation(status=OrganisationStatus.UNVERIFIED)
    for kind, key in (
        (INNOVATION, hidden.public_id),
        (INNOVATION, "none"),
        (ORGANISATION, unverified.slug),
        (COUNTRY, "XX"),
        (FollowedKind.SEARCH, "anything"),
    ):
        with pytest.raises(NotFoundError):
            follow(reader, kind, key)


def test_only_approved_members_follow_and_everybody_may_end_it(reader):
    follow(reader, COUNTRY, "GE")
    reader.status = MemberStatus.LAPSED
    session().commit()
    with pytest.raises(ForbiddenError):
        follow(reader, COUNTRY, "ES")
    with pytest.raises(ForbiddenError):
        search_for(reader, "ledger")
    with transaction():
        unfollow(reader, COUNTRY, "GE")
    assert not is_followed(reader.id, COUNTRY, "GE")


def test_there_is_a_most(reader, monkeypatch):
    monkeypatch.setattr(service, "MOST_FOLLOWS", 1)
    follow(reader, COUNTRY, "GE")
    with pytest.raises(InvalidError):
        follow(reader, COUNTRY, "ES")
    follow(reader, COUNTRY, "GE")


def test_the_whole_catalogue_cannot_be_followed(reader):
    with pytest.raises(InvalidError):
        search_for(reader, "  ")


def test_what_was_hidden_meanwhile_stays_in_the_list_without_a_name(reader):
    scene = make_scene()
    innovation = published(scene).innovation
    follow(reader, INNOVATION, innovation.public_id)
    assert follows_of(reader.id, viewer_of(reader))[0].thing.title == "Ledger of gifts"
    innovation.status = "taken_down"
    session().commit()
    assert follows_of(reader.id, viewer_of(reader))[0].thing is None


def test_followers_of_a_merged_organisation_follow_what_it_became_once(reader):
    former, present, other = make_organisation(), make_organisation(), make_organisation()
    both = make_member()
    follow(reader, ORGANISATION, former.slug)
    for each in (former, present, other):
        follow(both, ORGANISATION, each.slug)
    with transaction():
        follow_merged(former.slug, present.slug)
    assert is_followed(reader.id, ORGANISATION, present.slug)
    assert {each.follow.key for each in follows_of(both.id, viewer_of(both))} == {present.slug, other.slug}
    assert session().query(Follow).filter_by(key=former.slug).count() == 0


def test_who_names_a_merged_organisation_follows_what_it_became(reader):
    former, present = make_organisation(), make_organisation()
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id))
    session().commit()
    assert follow(reader, ORGANISATION, former.slug).key == present.slug
