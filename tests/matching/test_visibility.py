"""Nothing that a reader may not see is suggested, explained, quoted, or changes a score, an order or a place."""

import pytest

from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.matching.explaining import why
from hub.matching.facts import Kind
from hub.matching.suggesting import ordering
from hub.matching.suggesting.innovations import aim_for_me, innovations_for_me
from hub.matching.suggesting.ordering import suggested
from hub.matching.suggesting.people import aim_for_innovation, people_for_me
from hub.matching.suggesting.purposes import suggestions_for
from hub.matching.suggesting.requests import requests_for_me
from hub.matching.suggesting.suggestion import LeftOut
from hub.members.models import FieldAudience, Profile
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, POLICE, make_scene, named_organisations
from tests.factories import make_member, make_organisation, make_profile
from tests.matching.scenes import (
    HUNDRED,
    block,
    found_for,
    name_on_page,
    network_request,
    officer,
    people_for_innovation,
    school,
    scientist,
    tracing_tool,
)

pytestmark = pytest.mark.db


def everything(index, member, purposes):
    """Return all that a member reads of suggestions: things, scores, words of reasons, and how many there are."""
    index.forget()
    viewer = viewer_of(member)
    read = {}
    for purpose, kind in purposes:
        page = suggestions_for(index, viewer, purpose, kind, HUNDRED)
        read[purpose, kind] = [(each.subject, each.match) for each in page.items], page.total
        for each in page.items[:3]:
            found = why(index, viewer, purpose, each.subject)
            read[purpose, each.subject] = found.match, found.place, found.total
    return read


def hide_everywhere(scene, organisation):
    """Store what nobody but the police, one organisation or its owner may see, full of the right words."""
    for readership in (POLICE, GEORGIAN_POLICE, named_organisations(organisation)):
        tracing_tool(scene, readership=readership, standards_written=("goaml",))
    for _ in range(3):
        network_request(readership=POLICE)
        scientist(profile={"audience": FieldAudience.NOBODY, "needs": "Network analysis, asset tracing"})
        scientist(profile={"audience": FieldAudience.LAW_ENFORCEMENT, "biography": "Stolen assets " * 30})
        officer(
            profile={
                "biography": "Company registers and network analysis " * 30,
                "biography_audience": FieldAudience.LAW_ENFORCEMENT,
                "audience": FieldAudience.LAW_ENFORCEMENT,
            }
        )


def test_hidden_records_change_nothing_that_somebody_reads(database, matching):
    scene, organisation = make_scene("GE"), make_organisation()
    nino, poster = officer(profile={"offers": "Financial investigation"}), scientist()
    tool, own = tracing_tool(), network_request(poster)
    school()
    network_request(country="GE", terms={"functions": ("recover_assets",), "countries": ("GE",)})
    officer(profile={"needs": "Network analysis", "biography": "Twenty years with stolen assets."})
    of_nino = [
        ("", Kind.INNOVATION),
        ("", Kind.REQUEST),
        ("", Kind.MEMBER),
        (tool.subject, Kind.MEMBER),
        (tool.subject, Kind.REQUEST),
        ("country:GE", Kind.INNOVATION),
    ]
    of_poster = [(own.subject, kind) for kind in (Kind.MEMBER, Kind.ORGANISATION, Kind.INNOVATION)]
    before = everything(matching, nino, of_nino), everything(matching, poster, of_poster)
    assert all(before[0]["", kind][0] for kind in (Kind.INNOVATION, Kind.REQUEST, Kind.MEMBER))
    hide_everywhere(scene, organisation)
    assert (everything(matching, nino, of_nino), everything(matching, poster, of_poster)) == before


def test_a_label_that_changes_counts_at_once_whatever_the_index_knows(database, matching):
    nino, tool = officer(), tracing_tool()
    assert found_for(matching, nino) == [tool.public_id]
    tool.set_readership(POLICE)
    session().commit()
    viewer = viewer_of(nino)
    assert innovations_for_me(matching, viewer).items == []
    with pytest.raises(NotFoundError):
        why(matching, viewer, "", tool.subject)


def test_each_of_the_two_guards_holds_without_the_other(database, matching, monkeypatch):
    nino, tool = officer(), tracing_tool()
    assert found_for(matching, nino) == [tool.public_id]
    tool.set_readership(POLICE)
    session().commit()
    viewer = viewer_of(nino)
    order = ordering.ordered(matching, viewer, aim_for_me(viewer))
    assert order.keys == [tool.public_id]
    assert order.arranged(0)[0] == []
    monkeypatch.setattr(ordering, "still_standing", lambda _kind, keys, *_: frozenset(keys))
    assert innovations_for_me(matching, viewer).items == []


def test_a_profile_that_is_withdrawn_is_gone_at_once(database, matching):
    nino = officer(profile={"needs": "Network analysis of company ownership."})
    other = scientist()
    assert found_for(matching, nino, people_for_me) == [other.public_id]
    session().get(Profile, other.id).audience = FieldAudience.NOBODY
    session().commit()
    assert people_for_me(matching, viewer_of(nino)).items == []


def test_who_must_be_vetted_again_is_gone_at_once(database, matching):
    nino = officer(profile={"needs": "Network analysis of company ownership."})
    other = scientist()
    assert found_for(matching, nino, people_for_me) == [other.public_id]
    other.vetted_until = now()
    session().commit()
    assert people_for_me(matching, viewer_of(nino)).items == []


def test_a_biography_that_is_not_for_the_reader_is_neither_compared_nor_quoted(database, matching):
    said = {"headline": "Tracer of assets", "biography": "Beneficial ownership, yachts and villas. " * 5}
    open_one = make_member()
    shut = scientist(profile={**said, "biography_audience": FieldAudience.LAW_ENFORCEMENT})
    silent = scientist(profile={**said, "biography": ""})
    reader = officer(
        profile={"headline": "Yachts and villas", "biography": "Beneficial ownership of yachts.", "needs": ""}
    )
    police = officer(
        law_enforcement="GE",
        profile={
            "headline": "Yachts and villas",
            "biography": "Beneficial ownership of yachts.",
            "needs": "",
        },
    )
    matching.forget()

    def of(member, other):
        found = why(matching, viewer_of(member), "", f"member:{other.public_id}").match
        return [(each.part, each.points, each.matched) for each in found.parts]

    assert of(reader, shut) == of(reader, silent)
    assert of(police, shut) != of(police, silent)
    assert "yachts" not in repr(of(reader, shut)).lower()
    assert open_one.public_id not in found_for(matching, reader, people_for_me)


def test_what_is_for_members_is_suggested_to_members(database, matching):
    nino, tool = officer(), tracing_tool(readership=MEMBERS)
    assert found_for(matching, nino) == [tool.public_id]


def test_the_police_are_suggested_what_is_for_them(database, matching):
    tool = tracing_tool(readership=GEORGIAN_POLICE)
    assert found_for(matching, officer(law_enforcement="GE")) == [tool.public_id]
    assert found_for(matching, officer(law_enforcement="FR")) == []
    assert found_for(matching, officer(law_enforcement="GE", has_factor=False)) == []


def test_people_for_a_record_are_inside_its_audience(database, matching):
    organisation, other = make_organisation(), make_organisation()
    tool = tracing_tool(readership=named_organisations(organisation, other))
    reader = make_member(belongs_to=[organisation])
    colleague = officer(belongs_to=[organisation])
    officer(belongs_to=[other])
    officer()
    # who belongs to another organisation is known only of who is named on its page
    assert found_for(matching, reader, people_for_innovation, tool) == [colleague.public_id]
    outsider = viewer_of(officer())
    with pytest.raises(NotFoundError):
        people_for_innovation(matching, outsider, tool)
    # nor where a page forgot to ask whether they may read the record
    assert suggested(matching, outsider, aim_for_innovation(outsider, tool)).items == []


def test_which_other_organisations_an_owner_named_is_told_to_the_owners_side_alone(database, matching):
    scene, organisation, other = make_scene("EE"), make_organisation(), make_organisation()
    tool = tracing_tool(scene, readership=named_organisations(scene.owner, organisation, other))
    reader = make_member(belongs_to=[organisation])
    named, unnamed = officer(belongs_to=[other]), officer(belongs_to=[make_organisation()])
    name_on_page(named, unnamed)
    assert found_for(matching, reader, people_for_innovation, tool) == []
    for each in (named, unnamed):
        found = why(matching, viewer_of(reader), tool.subject, f"member:{each.public_id}")
        assert (found.total, found.left_out) == (0, LeftOut.OUTSIDE)
    assert found_for(matching, scene.partner, people_for_innovation, tool) == [named.public_id]


def test_who_could_help_with_a_record_of_the_police_tells_nobody_who_is_verified_abroad(database, matching):
    tool = tracing_tool(readership=POLICE)
    reader, colleague = make_member(law_enforcement="EE"), officer(law_enforcement="EE")
    officer(law_enforcement="GE")
    assert found_for(matching, reader, people_for_innovation, tool) == [colleague.public_id]


def test_that_somebody_is_on_the_owners_side_is_not_told_to_others(database, matching):
    scene = make_scene("EE")
    tool = tracing_tool(scene)
    colleague = officer(belongs_to=[scene.owner])
    assert found_for(matching, make_member(), people_for_innovation, tool) == [colleague.public_id]
    assert found_for(matching, scene.partner, people_for_innovation, tool) == []


def test_that_a_request_is_of_somebody_blocked_is_told_only_where_the_page_tells_who_posted_it(
    database, matching
):
    member, poster = scientist(), make_member()
    request = network_request(poster)
    block(member, poster)
    assert found_for(matching, member, requests_for_me) == [request.public_id]
    make_profile(poster, headline="Analyst")
    assert found_for(matching, member, requests_for_me) == []
