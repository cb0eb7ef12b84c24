"""The pages of shortlists, as their keepers and readers use them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from hub.core.database import session, transaction
from hub.members.models import Block, FieldAudience
from hub.shortlists.models import Shortlist, ShortlistEntry, ShortlistShare
from hub.vetting.organisations.merging import propose_merge
from tests.catalogue.cast import record_of
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS
from tests.factories import make_organisation, make_profile
from tests.shortlists.lists import share, shortlist_of
from tests.web.client import parse, words


def main(answer):
    return words(parse(answer.text).find(".//main"))


@pytest.fixture
def records(cast):
    return [record_of(cast, name=name) for name in ("First", "Second", "Third")]


def page_of(shortlist):
    return f"/shortlists/{shortlist.public_id}"


def entries():
    rows = select(ShortlistEntry).order_by(ShortlistEntry.shortlist_id, ShortlistEntry.position)
    return session().scalars(rows).all()


def test_a_first_list_is_made_from_a_record_with_a_note(cast, browser_of, records):
    client = browser_of("member")
    record = client.get(f"/innovations/{records[0].slug}")
    assert f"/shortlists/add?slug={records[0].slug}" in record.text
    assert "/shortlists/" not in browser_of("visitor").get(f"/innovations/{records[0].slug}").text
    answer = client.submit(f"/shortlists/add?slug={records[0].slug}", {"name": "Gifts", "note": "Ask <them>"})
    shortlist = session().scalars(select(Shortlist)).one()
    assert answer.location == page_of(shortlist)
    shown = client.get(answer.location)
    assert "First" in main(shown)
    assert "Ask &lt;them&gt;" in shown.text
    assert "Gifts" in main(client.get("/account/shortlists"))


def test_several_are_added_at_once_and_once_each(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], records[0])
    client = browser_of("member")
    query = "&".join(f"slug={each.slug}" for each in records)
    answer = client.submit(f"/shortlists/add?{query}", {"into": shortlist.public_id})
    said = client.get(answer.location).text
    assert "2 innovations were added. 1 innovation stood there already." in said
    assert [each.innovation_id for each in entries()] == [each.id for each in records]


def test_who_came_from_results_goes_back_to_them_and_nowhere_else(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], records[0])
    client = browser_of("member")
    results = "/innovations?q=first&page=2"
    page = f"/shortlists/add?slug={records[1].slug}&back=/innovations%3Fq=first%26page=2"
    assert f'href="{results.replace("&", "&amp;")}"' in client.get(page).text
    answer = client.submit(page, {"into": shortlist.public_id})
    assert answer.location == results
    said = parse(client.get(results).text).find(".//div[@role='status']")
    assert words(said) == f"1 innovation was added. {shortlist.name}"
    assert said.find(".//a").get("href") == page_of(shortlist)
    for number, elsewhere in enumerate(
        ("//evil.test/innovations", "/account", "https://evil.test/innovations")
    ):
        page = f"/shortlists/add?slug={records[2].slug}&back={elsewhere}"
        answer = client.submit(page, {"into": "new", "name": f"List {number}"})
        assert answer.location.startswith("/shortlists/")


def test_lists_and_searches_are_found_again(cast, browser_of):
    client = browser_of("member")
    assert client.get("/shortlists").location == "/account/shortlists"
    for page in ("/account", "/start"):
        links = {each.get("href") for each in parse(client.get(page).text).find(".//main").iter("a")}
        assert {"/account/shortlists", "/account/searches"} <= links, page


def test_a_typed_name_makes_a_new_list_whatever_is_chosen(cast, browser_of, records):
    old = shortlist_of(cast["member"])
    client = browser_of("member")
    client.submit(f"/shortlists/add?slug={records[0].slug}", {"into": old.public_id, "name": "Other"})
    assert [each.shortlist.name for each in entries()] == ["Other"]


def test_what_is_refused_keeps_what_was_typed(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], records[0])
    client = browser_of("member")
    page = f"/shortlists/add?slug={records[0].slug}"
    for sent in (
        {"into": shortlist.public_id, "note": "Kept words"},
        {"into": "new", "note": "Kept words"},
        {"into": "elsewhere", "note": "Kept words"},
        {"into": "new", "name": "x" * 101, "note": "Kept words"},
    ):
        answer = client.act(page, sent)
        assert answer.status_code == 422
        assert "Kept words" in answer.text
    assert len(entries()) == 1


def test_nothing_hidden_is_added_or_told(cast, browser_of, records):
    hidden = record_of(cast, readership=GEORGIAN_POLICE)
    client = browser_of("member")
    assert client.get(f"/shortlists/add?slug={hidden.slug}").status_code == 404
    assert client.get("/shortlists/add").status_code == 404
    answer = client.get(f"/shortlists/add?slug={records[0].slug}&slug={hidden.slug}")
    assert hidden.slug not in main(answer)
    assert "Your note" in main(answer)


def test_the_keeper_orders_notes_and_removes(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], *records)
    client = browser_of("member")
    last = entries()[2]
    here = f"{page_of(shortlist)}/entries/{last.public_id}"
    assert client.act(f"{here}/move", {"to": "up"}).status_code == 303
    assert client.act(f"{here}/move", {"to": "sideways"}).status_code == 303
    assert [each.public_id for each in entries()][1] == last.public_id
    client.submit(f"{here}/note", {"note": "Why not"})
    assert "Why not" in main(client.get(page_of(shortlist)))
    client.act(f"{here}/remove")
    assert "Third" not in main(client.get(page_of(shortlist)))


def test_a_stale_save_shows_both_texts_and_loses_neither(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], records[0])
    client = browser_of("member")
    edit = f"{page_of(shortlist)}/edit"
    note = f"{page_of(shortlist)}/entries/{entries()[0].public_id}/note"
    for address, field in ((edit, "name"), (note, "note")):
        opened = client.get(address)
        client.submit(address, {field: "Saved meanwhile"})
        answer = client.submit(opened, {field: "Typed second"})
        assert answer.status_code == 409
        assert "Saved meanwhile" in main(answer)
        assert "Typed second" in main(answer)
        assert client.submit(answer, {f"choice-{field}": "theirs"}).status_code == 303
        assert "Saved meanwhile" in client.get(address).text
        stale = client.submit(opened, {field: "Typed third"})
        client.submit(stale, {f"choice-{field}": "mine"})
        assert "Typed third" in client.get(address).text


def test_a_list_is_renamed_and_deleted_by_its_keeper_only(cast, browser_of, records):
    shortlist = share(shortlist_of(cast["member"], records[0]), cast.owner)
    page = page_of(shortlist)
    entry = entries()[0].public_id
    reader, stranger = browser_of("mere"), browser_of("adder")
    assert reader.get(page).status_code == 200
    assert stranger.get(page).status_code == 404
    acts = (
        "edit",
        "delete",
        "share",
        f"entries/{entry}/note",
        f"entries/{entry}/move",
        f"entries/{entry}/remove",
        f"shares/{shortlist.shares[0].public_id}/end",
    )
    for client in (reader, stranger):
        for act in acts:
            assert client.act(f"{page}/{act}").status_code == 404, act
    assert stranger.act(f"{page}/leave").status_code == 404
    assert stranger.act(f"{page}/export").status_code == 404
    assert stranger.get(f"{page}/dossier").status_code == 404
    keeper = browser_of("member")
    assert keeper.submit(f"{page}/delete", {}).location == "/account/shortlists"
    assert keeper.get(page).status_code == 404


def test_readers_see_no_trace_of_what_is_hidden_from_them(cast, browser_of, records):
    canary = record_of(cast, name="Canarybird", readership=GEORGIAN_POLICE)
    shortlist = share(
        shortlist_of(cast["police"], canary, records[0], name="Shared", notes="about it"), cast.owner
    )
    reader, page = browser_of("mere"), page_of(shortlist)
    shown = reader.get(page)
    assert "1 innovation" in main(shown)
    for answer in (
        shown,
        reader.get("/account/shortlists"),
        reader.get(f"{page}/dossier"),
        reader.act(f"{page}/export", {"format": "csv"}),
    ):
        assert answer.status_code == 200
        for trace in ("Canarybird", canary.slug, "TLP:AMBER</span>", "can no longer"):
            assert trace not in answer.text
    assert "2 innovations" in main(browser_of("police").get(page))


def test_the_keeper_keeps_a_line_for_what_was_hidden_later(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], *records[:2], notes="My words")
    records[0].status = "taken_down"
    session().commit()
    client = browser_of("member")
    shown = client.get(page_of(shortlist))
    assert "Something that you can no longer read" in main(shown)
    assert "First" not in shown.text
    note = f"{page_of(shortlist)}/entries/{entries()[0].public_id}/note"
    assert "First" not in client.get(note).text
    assert "First" not in client.get(f"{page_of(shortlist)}/dossier").text


def test_a_list_is_shared_by_choice_and_by_address(cast, browser_of):
    shortlist = shortlist_of(cast["mere"])
    make_profile(cast["adder"])
    client, page = browser_of("mere"), f"{page_of(shortlist)}/share"
    assert cast["partner"].display_name in main(client.get(page))
    client.submit(page, {"receiver": f"members/{cast['partner'].public_id}"})
    client.submit(page, {"receiver": f"organisations/{cast.owner.slug}"})
    client.submit(page, {"address": f"https://hub.example/members/{cast['adder'].public_id}?as=members"})
    client.submit(page, {"address": f" /organisations/{cast.adopting.slug} "})
    receivers = {(each.member_id, each.organisation_id) for each in session().scalars(select(ShortlistShare))}
    assert receivers == {
        (cast["partner"].id, None),
        (None, cast.owner.id),
        (cast["adder"].id, None),
        (None, cast.adopting.id),
    }
    assert "shared with 4" in main(client.get(page_of(shortlist)))
    assert "A member shared a shortlist with you" in main(browser_of("adder").get("/account/notifications"))
    share_id = session().scalars(select(ShortlistShare.public_id)).first()
    client.act(f"{page_of(shortlist)}/shares/{share_id}/end")
    assert session().query(ShortlistShare).count() == 3


def test_an_address_tells_nothing_of_who_may_not_be_seen(cast, browser_of):
    shortlist = shortlist_of(cast["member"])
    make_profile(cast["adder"], FieldAudience.NOBODY)
    client, page = browser_of("member"), f"{page_of(shortlist)}/share"
    answers = set()
    for key in (cast["adder"].public_id, "nobody"):
        answer = client.submit(page, {"address": f"/members/{key}"})
        assert answer.status_code == 422
        answers.add(main(answer))
    assert len(answers) == 1
    for typed in ("", "adder@example.org", "http://[", "/innovations/ledger"):
        assert client.submit(page, {"address": typed}).status_code == 422, typed
    assert session().query(ShortlistShare).count() == 0


@pytest.mark.parametrize("forged", ["/[", "nonsense", "members/nobody", "organisations/elsewhere"])
def test_a_choice_that_was_not_offered_is_refused(cast, browser_of, forged):
    shortlist = shortlist_of(cast["member"])
    make_profile(cast["adder"])
    page = f"{page_of(shortlist)}/share"
    # an address beside it does not help: nothing is shared with half of what was asked
    for typed in ("", f"/members/{cast['adder'].public_id}"):
        answer = browser_of("member").act(page, {"receiver": forged, "address": typed})
        assert answer.status_code == 422
        assert "Choose with whom" in main(answer)
    assert session().query(ShortlistShare).count() == 0


def test_whom_a_list_is_shared_with_can_leave_it(cast, browser_of):
    make_profile(cast["adder"])
    shortlist = share(shortlist_of(cast["member"]), cast["adder"])
    client = browser_of("adder")
    client.submit(page_of(shortlist), {}, action=f"{page_of(shortlist)}/leave")
    assert client.get(page_of(shortlist)).status_code == 404
    share(shortlist, cast.owner)
    assert "Take me out" not in main(browser_of("mere").get(page_of(shortlist)))


def test_the_start_page_counts_lists(cast, browser_of):
    share(shortlist_of(cast["member"]), cast.owner)
    shortlist_of(cast["mere"])
    client = browser_of("mere")
    assert "You keep 1 shortlist, 1 is shared with you" in main(client.get("/start"))
    session().add(Block(member_id=cast["mere"].id, blocked_id=cast["member"].id))
    session().commit()
    shown = main(client.get("/start"))
    assert "You keep 1 shortlist" in shown
    assert "shared with you" not in shown


def test_files_hold_what_one_may_see_and_run_nothing(cast, browser_of, records):
    green = record_of(cast, name="=HYPERLINK(0)", readership=MEMBERS)
    shortlist = shortlist_of(cast["member"], records[0], green, name="=1+1", notes="@note")
    client, page = browser_of("member"), f"{page_of(shortlist)}/export"
    answer = client.act(page, {"format": "csv"})
    assert answer.headers["Content-Disposition"] == "attachment; filename=1-1-TLP-GREEN.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.get_data(as_text=True).splitlines()
    assert len(lines) == 3
    assert all(each.startswith("TLP:GREEN,") for each in lines[1:])
    assert "'=HYPERLINK(0)" in lines[2]
    assert "'@note" in lines[1]
    book = ZipFile(BytesIO(client.act(page, {"format": "xlsx"}).data))
    sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert all("<f>" not in each and "TLP:GREEN" in each for each in sheets)
    assert "=HYPERLINK(0)" in book.read("xl/sharedStrings.xml").decode()
    assert client.act(page, {"format": "exe"}).status_code == 404


def test_exports_are_counted(cast, browser_of, records):
    shortlist = shortlist_of(cast["member"], records[0])
    client = browser_of("member")
    found = [client.act(f"{page_of(shortlist)}/export").status_code for _ in range(6)]
    assert found == [200] * 5 + [429]


def test_the_dossier_holds_cover_comparison_records_and_the_strictest_label(cast, browser_of, records):
    green = record_of(cast, name="For members", readership=MEMBERS)
    shortlist = shortlist_of(cast["member"], *records, green, note="Open source, evidence 2", notes="My note")
    client, page = browser_of("member"), f"{page_of(shortlist)}/dossier"
    answer = client.get(page)
    text = main(answer)
    for part in (
        "Dossier on 4 innovations",
        "Open source, evidence 2",
        "Generated on",
        "Comparison",
        "My note",
    ):
        assert part in text
    assert "https://example.org/ledger" in answer.text
    head, foot = (
        words(parse(answer.text).find(f".//div[@class='sheet__{place}']")) for place in ("head", "foot")
    )
    assert head == "TLP:GREEN"
    assert "TLP:GREEN" in foot
    assert "Generated on" in foot
    bare = main(client.get(f"{page}?notes=no&label=AMBER"))
    assert "My note" not in bare
    assert "Open source, evidence 2" not in bare
    for asked, label in (("AMBER", "TLP:AMBER"), ("CLEAR", "TLP:GREEN"), ("nonsense", "TLP:GREEN")):
        found = parse(client.get(f"{page}?label={asked}").text).find(".//div[@class='sheet__head']")
        assert words(found) == label


def test_an_empty_list_has_a_page_and_a_dossier(cast, browser_of):
    shortlist = shortlist_of(cast["member"])
    client = browser_of("member")
    assert "Nothing stands on it yet" in main(client.get(page_of(shortlist)))
    assert client.get(f"{page_of(shortlist)}/dossier").status_code == 200
    assert client.act(f"{page_of(shortlist)}/export").status_code == 200


def test_visitors_are_asked_to_sign_in(cast, browser_of, records):
    answer = browser_of("visitor").get(f"/shortlists/add?slug={records[0].slug}")
    assert answer.location.startswith("/sign-in?next=")


def test_asking_for_the_page_asks_the_database_as_often_for_many(cast, browser_of, records, queries):
    shortlist = shortlist_of(cast["member"], records[0])
    many = shortlist_of(cast["member"], *records, name="Many")
    client = browser_of("member")
    counts = []
    for each in (shortlist, many):
        client.get(page_of(each))
        with queries:
            client.get(page_of(each))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_link_and_form_leads_somewhere(cast, browser_of, records):
    shortlist = share(shortlist_of(cast["member"], *records, notes="x"), cast.owner)
    for who in ("member", "mere"):
        client = browser_of(who)
        for page in ("/account/shortlists", page_of(shortlist), f"{page_of(shortlist)}/dossier"):
            shown = parse(client.get(page).text).find(".//main")
            targets = {each.get("href") for each in shown.iter("a")}
            targets |= {each.get("action") for each in shown.iter("form")}
            for target in targets:
                if target.startswith("/"):
                    assert client.get(target).status_code in (200, 303, 405), target


def test_a_list_shared_with_a_merged_organisation_is_shared_with_what_it_became(cast, browser_of):
    former = make_organisation()
    shortlist = share(shortlist_of(cast["member"]), former)
    assert browser_of("mere").get(page_of(shortlist)).status_code == 404
    with transaction():
        merge = propose_merge(cast["free"], former, cast.owner, reason="One body.")
    desk = f"/coordinate/merges/{merge.public_id}"
    assert browser_of("holder").submit(desk, action=f"{desk}/approve").location == desk
    assert browser_of("mere").get(page_of(shortlist)).status_code == 200
