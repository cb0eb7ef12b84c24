"""Organisations: how they are added, listed, and who speaks for them."""

import pytest

from hub.access.viewer import VISITOR, Viewer
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.integrity.viewers import viewer_of
from hub.organisations.models import MembershipRole, Organisation, OrganisationStatus
from hub.organisations.permissions import can_represent
from hub.organisations.queries import organisations_spoken_for
from hub.organisations.service import add_membership, add_organisation
from tests.factories import make_member, make_organisation


def test_a_representative_and_the_focal_point_of_its_country_speak_for_an_organisation():
    bureau = Organisation(id=5, country="GE")
    assert can_represent(Viewer(member_id=1, represents=frozenset({5})), bureau)
    assert can_represent(Viewer(member_id=1, focal_countries=frozenset({"GE"})), bureau)


def test_nobody_else_speaks_for_it():
    bureau = Organisation(id=5, country="GE")
    assert not can_represent(VISITOR, bureau)
    assert not can_represent(Viewer(member_id=1, organisations=frozenset({5})), bureau)
    assert not can_represent(Viewer(member_id=1, focal_countries=frozenset({"ID"})), bureau)


def test_an_organisation_without_a_country_has_no_focal_point():
    assert not can_represent(
        Viewer(member_id=1, focal_countries=frozenset({"GE"})), Organisation(id=5, country=None)
    )


@pytest.mark.db
def test_an_added_organisation_is_unverified_and_has_an_address(database):
    with transaction():
        bureau = add_organisation("Bureau of Récords & Files", country="GE", type="government")
    assert bureau.status is OrganisationStatus.UNVERIFIED
    assert bureau.slug.startswith("bureau-of-records-files-")


@pytest.mark.db
@pytest.mark.parametrize("name", ["Bureau", "საქართველოს პროკურატურა", "B" * 200])
def test_two_organisations_of_one_name_have_two_addresses(database, name):
    with transaction():
        slugs = {add_organisation(name, country="GE").slug for _ in range(2)}
    assert len(slugs) == 2
    assert all(0 < len(slug) <= 80 and not slug.startswith("-") for slug in slugs)


@pytest.mark.db
def test_members_are_listed_what_they_speak_for(database):
    own = make_organisation("Z own", country="FR")
    georgian = make_organisation("A Georgian", country="GE")
    make_organisation("Another", country="ID")
    viewer = viewer_of(make_member(focal_country="GE", represents=[own]))
    assert list(organisations_spoken_for(viewer)) == [georgian, own]
    assert list(organisations_spoken_for(VISITOR)) == []


@pytest.mark.db
def test_nobody_belongs_to_an_organisation_twice(database):
    organisation, member = make_organisation(), make_member()
    with transaction():
        add_membership(organisation, member, MembershipRole.MEMBER)
    with pytest.raises(ConflictError), transaction():
        add_membership(organisation, member, MembershipRole.REPRESENTATIVE)
