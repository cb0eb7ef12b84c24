"""Slides, posters and handouts: who adds them, when, and who reads them."""

import pytest

from hub.access.viewer import VISITOR
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.uploads import AcceptedFile, StoredFile
from hub.integrity.viewers import viewer_of
from hub.showcases.entries import materials
from hub.showcases.entries.materials import add_file, add_link, remove_material
from hub.showcases.entries.queries import material_by_id
from hub.showcases.models import EntryStatus, MaterialKind, ShowcaseStatus
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.scenes import (
    confirmed_entry,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
)

FILE = AcceptedFile("n" * 43, "slides.pdf", "application/pdf", 1_000, "0" * 64)
URL = "https://films.example.org/ledger"


@pytest.fixture
def entry(database):
    return proposed_entry(opened_showcase(status=ShowcaseStatus.REVIEW), status=EntryStatus.ACCEPTED)


def link(actor, entry, url=URL, title="Film of the talk"):
    return did(add_link, actor, entry, url, kind=MaterialKind.RECORDING, title=title)


@pytest.mark.db
def test_a_file_is_added_and_removed_with_its_row(entry):
    material = did(add_file, entry.proposed_by, entry, FILE, kind=MaterialKind.SLIDES, title="Slides")
    assert [each.public_id for each in entry.materials] == [material.public_id]
    did(remove_material, entry.proposed_by, material)
    assert entry.materials == []
    assert session().query(StoredFile).count() == 0


def test_presenters_add_material_and_strangers_do_not(database):
    presenter = make_member()
    entry = proposed_entry(opened_showcase(), status=EntryStatus.ACCEPTED, presenters=[presenter])
    link(presenter, entry)
    with pytest.raises(NotFoundError):
        link(make_member(), entry)


@pytest.mark.parametrize(
    "url", ["http://films.example.org/", "javascript:alert(1)", "https://a@b.example/", ""]
)
def test_links_are_https(entry, url):
    with pytest.raises(InvalidError) as refused:
        link(entry.proposed_by, entry, url)
    assert refused.value.field == "url"


def test_material_has_a_title_and_is_not_endless(entry, monkeypatch):
    with pytest.raises(InvalidError):
        link(entry.proposed_by, entry, title=" ")
    monkeypatch.setattr(materials, "MOST", 1)
    link(entry.proposed_by, entry)
    with pytest.raises(InvalidError):
        link(entry.proposed_by, entry)


@pytest.mark.parametrize("status", [EntryStatus.DRAFT, EntryStatus.UNDER_REVIEW, EntryStatus.REJECTED])
def test_before_it_is_accepted_nothing_is_added(database, status):
    showcase = opened_showcase()
    entry = proposed_entry(
        showcase, status=status, proposed_at=None if status is EntryStatus.DRAFT else showcase.opened_at
    )
    with pytest.raises(ConflictError):
        link(entry.proposed_by, entry)


@pytest.mark.db
def test_the_audience_reads_material_with_the_published_programme(entry):
    material = link(entry.proposed_by, entry)
    with pytest.raises(NotFoundError):
        material_by_id(entry.public_id, material.public_id, VISITOR)
    assert material_by_id(entry.public_id, material.public_id, viewer_of(entry.proposed_by)) is material
    showcase = published_showcase()
    shown = confirmed_entry(showcase)
    make_slot(showcase, shown)
    film = link(shown.proposed_by, shown)
    assert material_by_id(shown.public_id, film.public_id, VISITOR) is film
    # the address of one entry does not open the material of another
    with pytest.raises(NotFoundError):
        material_by_id(shown.public_id, material.public_id, VISITOR)


def test_who_reads_an_entry_in_the_programme_does_not_remove_its_material(database):
    showcase = published_showcase()
    entry = confirmed_entry(showcase)
    make_slot(showcase, entry)
    material = link(entry.proposed_by, entry)
    with pytest.raises(ForbiddenError):
        did(remove_material, make_member(), material)
