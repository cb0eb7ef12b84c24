"""Words that people add to the lists: reused, kept, merged and removed, and what profiles make of it."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.alerts.waiting import what_waits
from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import TermAddition, TermStatus
from hub.members.profiles.lifecycle import TERMS
from hub.members.profiles.queries import profile_of, shown_profile, shown_terms
from hub.members.profiles.terms import (
    add_term,
    keep_term,
    merge_term,
    present_codes,
    remove_term,
    term_by_id,
    term_key,
    term_queue,
)
from hub.search.documents import Document
from tests.factories import make_member
from tests.members.profiles.conftest import LANGUAGES, SKILLS, queued, save

pytestmark = pytest.mark.db


@pytest.fixture
def coordinator(database):
    return viewer_of(make_member(roles=[Role.COORDINATOR]))


def added(member, label, scheme=SKILLS, language="en-GB"):
    with transaction():
        return add_term(member, scheme, label, language)


def addition(label):
    return session().scalars(select(TermAddition).where(TermAddition.label == label)).one()


def codes_of(member, scheme=SKILLS):
    session().expire_all()
    return [each.code for each in profile_of(member.id).terms if each.scheme is scheme]


def test_a_word_of_the_list_needs_no_addition(nino):
    assert added(nino, "data  Journalism") == "data_journalism"
    assert added(nino, "OSINT") == "open_source_intelligence"
    assert added(nino, "French", LANGUAGES) == "fr"
    assert added(nino, "géorgien", LANGUAGES, "fr-FR") == "ka"
    assert session().scalars(select(TermAddition)).all() == []


def test_one_word_in_several_spellings_is_added_once(nino):
    first = added(nino, "Bee-keeping")
    assert added(make_member(), "  bee keeping ") == first
    assert added(make_member(), "\u0412\u0435e-keeping") == first  # begins in Cyrillic
    assert addition("Bee-keeping").added_by_id == nino.id


def test_signs_that_tell_words_apart_do():
    assert len({term_key(each) for each in ("C", "C+", "C++", "C#")}) == 4


def test_what_expands_on_comparing_still_fits(nino):
    added(nino, "ﷺ" * 60)


def test_additions_show_their_own_words(nino):
    save(nino, added={SKILLS: ("Beekeeping",)}, terms={SKILLS: ("asset_tracing",)})
    shown = shown_profile(viewer_of(nino), profile_of(nino.id)).terms[SKILLS]
    assert [(each.code[:2], each.added) for each in shown] == [("as", ""), ("x-", "Beekeeping")]
    code = shown[1].code
    assert shown_terms(SKILLS, [code, "asset_tracing"])[code].added == "Beekeeping"


def test_a_kept_word_waits_no_more(nino, coordinator):
    save(nino, added={SKILLS: ("Beekeeping",)})
    assert [(each.label, number) for each, number in term_queue(coordinator)] == [("Beekeeping", 1)]
    with transaction():
        keep_term(coordinator, addition("Beekeeping"))
    assert term_queue(coordinator) == []
    assert codes_of(nino) == [addition("Beekeeping").code]


def test_a_word_that_nobody_holds_any_more_waits_no_more(nino, coordinator):
    save(nino, added={SKILLS: ("Beekeeping",)})
    assert what_waits(coordinator)["terms"].number == 1
    save(nino, version=1)
    assert codes_of(nino) == []
    assert term_queue(coordinator) == []
    assert "terms" not in what_waits(coordinator)


def test_merging_carries_profiles_search_and_later_spellings_along(nino, coordinator):
    both = make_member()
    save(nino, added={SKILLS: ("Ledger reading",)})
    save(both, added={SKILLS: ("Ledger reading",)}, terms={SKILLS: ("forensic_accounting",)})
    with transaction():
        assert merge_term(coordinator, addition("Ledger reading"), "forensic_accounting") == 2
    assert codes_of(nino) == codes_of(both) == ["forensic_accounting"]
    documents = {row.document_id: Document.from_json(row.document) for row in queued()}
    assert all(each.facets["skill"] == ("forensic_accounting",) for each in documents.values())
    assert added(make_member(), "ledger reading") == "forensic_accounting"
    assert present_codes(SKILLS, [addition("Ledger reading").code]) == ["forensic_accounting"]


def test_what_was_merged_into_a_word_follows_it(nino, coordinator):
    for label in ("Apiculture", "Beekeeping"):
        added(nino, label)
    with transaction():
        merge_term(coordinator, addition("Apiculture"), addition("Beekeeping").code)
    with transaction():
        merge_term(coordinator, addition("Beekeeping"), "asset_tracing")
    session().expire_all()
    assert addition("Apiculture").merged_into == "asset_tracing"


def test_removing_takes_a_word_from_profiles_and_nobody_adds_it_again(nino, coordinator):
    for label in ("Apiculture", "Beekeeping"):
        added(nino, label)
    with transaction():
        merge_term(coordinator, addition("Apiculture"), addition("Beekeeping").code)
    save(nino, added={SKILLS: ("Beekeeping",)})
    with transaction():
        assert remove_term(coordinator, addition("Beekeeping"), "No skill here") == 1
    session().expire_all()
    assert codes_of(nino) == []
    assert addition("Apiculture").status is TermStatus.REMOVED
    for label in ("Beekeeping", "Apiculture"):
        with pytest.raises(InvalidError) as refused:
            added(make_member(), label)
        assert refused.value.field == "added_skills"
    assert present_codes(SKILLS, [addition("Beekeeping").code]) == []
    logged = session().scalars(select(AuditEntry).where(AuditEntry.tag == "term:remove")).one()
    assert logged.reason == "No skill here"


@pytest.mark.parametrize("into", ["", "juggling", "fr", "x-nothing0"])
def test_a_word_is_merged_into_a_value_of_its_own_list_only(nino, coordinator, into):
    added(nino, "Beekeeping")
    with pytest.raises(InvalidError) as refused, transaction():
        merge_term(coordinator, addition("Beekeeping"), into)
    assert refused.value.field == "into"


def test_a_word_is_not_merged_into_itself(nino, coordinator):
    code = added(nino, "Beekeeping")
    with pytest.raises(InvalidError), transaction():
        merge_term(coordinator, addition("Beekeeping"), code)


def test_removal_needs_a_reason(nino, coordinator):
    added(nino, "Beekeeping")
    with pytest.raises(InvalidError), transaction():
        remove_term(coordinator, addition("Beekeeping"), " ")


def test_nobody_decides_about_their_own_word(database):
    member = make_member(roles=[Role.COORDINATOR])
    added(member, "Beekeeping")
    with pytest.raises(ForbiddenError), transaction():
        keep_term(viewer_of(member), addition("Beekeeping"))


DECISIONS = {
    "keep": keep_term,
    "merge": lambda by, word: merge_term(by, word, "asset_tracing"),
    "remove": lambda by, word: remove_term(by, word, "Why not"),
}


@pytest.mark.parametrize("action", DECISIONS)
@pytest.mark.parametrize("status", TermStatus)
def test_the_table_and_the_service_agree_in_every_state(nino, coordinator, action, status):
    added(nino, "Beekeeping")
    word = addition("Beekeeping")
    with transaction():
        word.status = status
        word.merged_into = "asset_tracing" if status is TermStatus.MERGED else None
    if TERMS.row(action, status):
        with transaction():
            DECISIONS[action](coordinator, word)
        assert word.status is TERMS.row(action, status).target
    else:
        with pytest.raises(ConflictError), transaction():
            DECISIONS[action](coordinator, word)


@pytest.mark.parametrize("roles", [[], [Role.ADMINISTRATOR], [Role.INTEGRITY_OFFICER]])
def test_only_coordinators_know_of_the_desk(nino, roles):
    added(nino, "Beekeeping")
    word = addition("Beekeeping")
    for viewer in (viewer_of(make_member(roles=roles)), VISITOR):
        assert term_queue(viewer) == []
        assert TERMS.actions(viewer, word, word.status) == ()
        with pytest.raises(NotFoundError):
            term_by_id(word.public_id, viewer)
        for decide in DECISIONS.values():
            with pytest.raises(NotFoundError), transaction():
                decide(viewer, word)
