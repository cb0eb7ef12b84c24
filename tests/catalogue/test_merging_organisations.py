"""What records of an organisation become when it is merged into another one; every column that names one is known."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.catalogue.models import OrganisationRole, Replication, RevisionOrganisation
from hub.catalogue.ownership.merging import merge_organisations, what_moves
from hub.catalogue.ownership.queries import possible_owners
from hub.catalogue.ownership.service import accept_offer
from hub.catalogue.permissions import can_speak_for, can_view
from hub.catalogue.queries import innovations_of, known_organisations
from hub.core.database import Base, session, transaction
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.migrations import tables
from hub.search.models import SearchJournal
from hub.vetting.organisations.merging import propose_merge
from tests.catalogue.afterwards import claim_of, offer_of
from tests.catalogue.cast import compiled_record, did, make_cast, publish, record_of
from tests.catalogue.proofs import claimed, confirmed, verified
from tests.catalogue.records import draft, named_organisations, submitted
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db

FOLLOWS = {
    "organisation_memberships.organisation_id": "moves; two of one person become one",
    "declared_interests.organisation_id": "moves",
    "invitations.organisation_id": "moves",
    "law_enforcement_statuses.organisation_id": "moves while it is in force, else ends",
    "innovations.owner_id": "moves",
    "replications.adopter_id": "moves, unless the other did the same",
    "record_claims.organisation_id": "moves",
    "ownership_offers.from_organisation_id": "moves, unless it was offered to the other",
    "ownership_offers.to_organisation_id": "moves, unless the other offered it",
    "revision_organisations.organisation_id": "moves in what is not approved; what is stays and leads on",
    "shortlist_shares.organisation_id": "moves where the merge is approved; what was shared with both is shared once",
    "collaboration_requests.organisation_id": "moves where the merge is approved",
    "responses.organisation_id": "moves where the merge is approved",
    "request_receivers.organisation_id": "moves where the merge is approved, unless the other was asked too",
    "request_invitations.organisation_id": "moves where the merge is approved, unless the other was invited too",
    "showcase_entries.organisation_id": "moves where the merge is approved",
    "showcase_sponsors.organisation_id": "moves where the merge is approved, under the name that was disclosed",
    "commitment_parties.organisation_id": "moves where the merge is approved, under the name that stands there",
    "merged_organisations.into_id": "moves: what was merged into the one is the other",
    "organisation_merges.into_id": "moves while it waits",
    "merged_organisations.organisation_id": "stays: it says which organisation was merged",
    "organisation_merges.organisation_id": "stays: history; one that crosses is withdrawn",
    "organisation_verifications.organisation_id": "stays: history; one that waits is withdrawn",
    "organisation_domains.organisation_id": "stays, to find the organisation by; it vouches for nothing",
}
"""Every column that names an organisation, and what a merge does with it. A new one must be thought of here."""


@pytest.fixture
def cast(database):
    return make_cast()


def merged(organisation, into):
    with transaction():
        merge = propose_merge(make_member(roles=[Role.COORDINATOR]), organisation, into, reason="One body.")
    with transaction():
        merge_organisations(make_member(roles=[Role.COORDINATOR]), merge)
    session().expire_all()


def test_every_column_that_names_an_organisation_is_known():
    assert tables
    found = {
        f"{column.table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "organisations.id"
    }
    assert found == FOLLOWS.keys()


def test_nothing_that_moves_names_the_former(cast):
    present = make_organisation("Present")
    record = record_of(cast)
    confirmed(cast, record)
    offer_of(cast, record)
    claim_of(cast, compiled_record(cast))
    merged(cast.owner, present)
    for name, what in FOLLOWS.items():
        if what == "moves":
            table, column = name.split(".")
            row = Base.metadata.tables[table].c[column]
            assert session().scalars(select(row).where(row == cast.owner.id)).all() == [], name


def test_records_follow_with_who_speaks_for_them(cast):
    present = make_organisation("Present")
    head = make_member(represents=[present])
    record = record_of(cast)
    assert not can_speak_for(viewer_of(head), record)
    merged(cast.owner, present)
    assert record.owner == present
    assert can_speak_for(viewer_of(head), record)
    assert can_speak_for(viewer_of(cast["partner"]), record)
    rows = select(SearchJournal).where(SearchJournal.document_id == record.public_id)
    newest = session().scalars(rows.order_by(SearchJournal.number.desc())).first()
    assert newest.document["texts"]["en"]["organisation"] == "Present"


def naming(revision, organisation):
    """Have a revision that is not approved name an organisation of the hub."""
    session().add(
        RevisionOrganisation(
            revision_id=revision.id, organisation_id=organisation.id, role=OrganisationRole.MAINTAINER
        )
    )
    session().commit()
    return revision


def test_drafts_follow_and_what_was_approved_stays_as_it_was_written(cast):
    present, maintainer = make_organisation("Present"), make_organisation("Maintainer")
    waiting = naming(draft(cast.scene), maintainer)
    approved = naming(submitted(cast.scene), maintainer)
    publish(cast, approved)
    merged(maintainer, present)
    named = {each.id: [row.organisation for row in each.organisations] for each in (waiting, approved)}
    assert named == {waiting.id: [present], approved.id: [maintainer]}
    # the page of what it became shows it all the same
    assert innovations_of(present, VISITOR, PageRequest()).items == [approved.innovation]


def test_who_was_named_in_an_audience_reads_on(cast):
    reader, present = make_organisation("Reader"), make_organisation("Present")
    member, newcomer = make_member(belongs_to=[reader]), make_member(belongs_to=[present])
    record = record_of(cast, readership=named_organisations(reader))
    assert not can_view(viewer_of(newcomer), record)
    merged(reader, present)
    assert can_view(viewer_of(member), record)
    assert can_view(viewer_of(newcomer), record)


def test_replications_follow_and_the_level_is_computed_anew(cast):
    replication = verified(cast)
    record = replication.innovation
    # the adopter turns out to be the owner
    merged(cast.adopting, cast.owner)
    assert replication.adopter == cast.owner
    assert (record.evidence_level or 0) < 4


def test_two_replications_of_one_country_stay_two(cast):
    present = make_organisation("Present", country="ES")
    record = record_of(cast)
    own = claimed(cast, record)
    other = claimed(cast, record, adopter_id=present.id)
    merged(cast.adopting, present)
    assert (own.adopter, other.adopter) == (cast.adopting, present)
    assert session().query(Replication).count() == 2


def test_an_offer_between_the_two_is_withdrawn(cast):
    offer = offer_of(cast)
    merged(cast.adopting, cast.owner)
    assert offer.status == "withdrawn"


def test_an_offer_to_the_former_is_answered_by_what_it_became(cast):
    present = make_organisation("Present")
    head = make_member(represents=[present])
    record = record_of(cast)
    offer = offer_of(cast, record)
    merged(cast.adopting, present)
    did(accept_offer, head, offer)
    assert record.owner == present


def test_nobody_chooses_what_was_merged(cast):
    present = make_organisation("Present")
    record = record_of(cast)
    merged(cast.adopting, present)
    viewer = viewer_of(cast["partner"])
    assert cast.adopting not in known_organisations(viewer)
    assert cast.adopting not in possible_owners(record)
    assert present in possible_owners(record)


def test_who_decides_reads_how_much_would_follow(cast):
    present = make_organisation("Present")
    record_of(cast)
    with transaction():
        merge = propose_merge(make_member(roles=[Role.COORDINATOR]), cast.owner, present, reason="One body.")
    assert what_moves(merge).innovations == 1
