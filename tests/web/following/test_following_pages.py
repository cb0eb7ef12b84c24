"""Following from the page of a thing, from a search, and the list of what one follows."""

from sqlalchemy import select

from hub.alerts.models import Follow
from hub.core.database import session, transaction
from hub.members.models import MemberStatus
from hub.organisations.models import OrganisationStatus
from hub.vetting.organisations.merging import propose_merge
from tests.alerts.follows import COUNTRY, INNOVATION, follow
from tests.catalogue.cast import record_of
from tests.catalogue.records import GEORGIAN_POLICE
from tests.factories import make_organisation
from tests.web.client import parse, words


def followed():
    return {(each.kind.value, each.key) for each in session().scalars(select(Follow))}


def main(answer):
    return words(parse(answer.text).find(".//main"))


def test_the_button_follows_and_ends_it(cast, browser_of):
    innovation = record_of(cast)
    client = browser_of("member")
    for page, kind, key in (
        (f"/innovations/{innovation.slug}", "innovation", innovation.public_id),
        (f"/organisations/{cast.owner.slug}", "organisation", cast.owner.slug),
        ("/countries/GE", "country", "GE"),
    ):
        assert client.submit(page, {}, action=f"{page}/follow").location == page
        assert followed() == {(kind, key)}
        assert "Stop following" in main(client.get(page))
        assert client.submit(page, {}, action=f"{page}/unfollow").location == page
        assert followed() == set()


def test_visitors_see_no_button(cast, browser_of):
    innovation = record_of(cast)
    for page in (f"/innovations/{innovation.slug}", "/countries/GE"):
        assert "Follow" not in main(browser_of("visitor").get(page))


def test_what_is_hidden_is_not_there(cast, browser_of):
    hidden = record_of(cast, readership=GEORGIAN_POLICE)
    unverified = make_organisation(status=OrganisationStatus.UNVERIFIED)
    client = browser_of("member")
    for path in (
        f"/innovations/{hidden.public_id}/follow",
        f"/innovations/{hidden.public_id}/unfollow",
        f"/organisations/{unverified.slug}/follow",
        "/organisations/none/follow",
        "/countries/XX/follow",
    ):
        assert client.act(path).status_code == 404, path
    assert followed() == set()


def test_the_list_ends_each_also_what_is_hidden_by_now(cast, browser_of):
    innovation = record_of(cast)
    follow(cast["member"], INNOVATION, innovation.public_id)
    kept = follow(cast["adder"], COUNTRY, "GE")
    innovation.status = "taken_down"
    session().commit()
    client = browser_of("member")
    page = client.get("/account/following")
    assert "Something that you can no longer read" in main(page)
    assert "Ledger" not in page.text
    own = session().scalars(select(Follow).where(Follow.member_id == cast["member"].id)).one()
    client.submit(page, {}, action=f"/account/following/{own.public_id}/unfollow")
    assert followed() == {("country", "GE")}
    assert client.act(f"/account/following/{kept.public_id}/unfollow").status_code == 404


def test_who_lapsed_may_still_end_what_they_follow(cast, browser_of):
    one = follow(cast["member"], COUNTRY, "GE")
    cast["member"].status = MemberStatus.LAPSED
    session().commit()
    client = browser_of("member")
    assert client.get("/account/following").status_code == 200
    client.act(f"/account/following/{one.public_id}/unfollow")
    assert followed() == set()
    assert client.act("/countries/GE/follow").status_code in (403, 404)


def test_names_are_shown_as_text(cast, browser_of):
    innovation = record_of(cast, name='<script>alert("x")</script>')
    follow(cast["member"], INNOVATION, innovation.public_id)
    assert "&lt;script&gt;" in browser_of("member").get("/account/following").text


def test_followers_of_an_organisation_that_is_merged_follow_what_it_became(cast, browser_of):
    former = make_organisation()
    page = f"/organisations/{former.slug}"
    member = browser_of("member")
    assert member.submit(page, {}, action=f"{page}/follow").location == page
    with transaction():
        merge = propose_merge(cast["free"], former, cast.owner, reason="One body.")
    desk = f"/coordinate/merges/{merge.public_id}"
    assert browser_of("holder").submit(desk, action=f"{desk}/approve").location == desk
    assert followed() == {("organisation", cast.owner.slug)}
    assert "Stop following" in main(member.get(f"/organisations/{cast.owner.slug}"))
