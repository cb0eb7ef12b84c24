"""What is hidden from somebody is in none of their suggestions, moves none of them, and leaves no word in the cache."""

import re

from sqlalchemy import select

from hub.access.viewer import Role
from hub.catalogue.models import InnovationStatus
from hub.collaboration.models import RequestStatus
from hub.core.database import session
from hub.jobs.fairness import count_exposure
from hub.matching.digest import new_suggestions
from hub.matching.models import Exposure, ExposureFloor, Strength
from hub.members.models import FieldAudience, MemberStatus, Profile
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, named_organisations
from tests.collaboration.requests import GEORGIAN_POLICE as POLICE_REQUEST
from tests.factories import make_member, make_profile
from tests.matching.scenes import NEEDS, network_request, school, scientist, tracing_tool
from tests.web.leaks.comparing import different, read
from tests.web.leaks.crawling import TOKENS
from tests.web.leaks.planting import plant
from tests.web.leaks.words import COLUMNS, MARK

ABSENT = "2" * 22

OUTSIDERS = {
    "member": {},
    "police without a factor": {"law_enforcement": "GE", "has_factor": False},
    "focal point": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
}

SAID = {
    "headline": "Financial investigator",
    "biography": "Traces stolen assets through company registers and bank statements.",
    "needs": NEEDS,
    "offers": "Network analysis of company ownership and machine learning on tenders.",
    "terms": {"functions": ["recover_assets", "detect"], "skills": ["network_analysis"], "languages": ["en"]},
}
"""What everybody says who looks: all that is hidden would fit it well."""

STANDARDS = {"standards_read": ("ocds",), "standards_written": ("ocds",)}

LISTS = (
    *("/start", "/countries/GE", "/introductions", "/introductions/sent", "/account/notifications"),
    *(f"/matches{each}" for each in ("", "/innovations", "/requests", "/people", "/country", "/weights")),
    *("/matches/find?q=assets", "/matches/find?q=network", "/matches/dismissed", "/matches/method"),
    *("/coordinate/needs", "/coordinate/fairness", "/coordinate/introductions"),
)

CODES = {
    "innovation_revisions.kind",
    "innovation_revisions.stage",
    "request_terms.code",
    "revision_terms.code",
}
"""What the cache holds as it is: codes, which a vocabulary closes."""

ABOUT = {
    "innovation": (
        *("/matches/why?about=innovation:{}", "/matches/dismiss?about=innovation:{}"),
        *("/matches/people?for=innovation:{}", "/matches/requests?for=innovation:{}"),
    ),
    "request": (
        *("/matches/why?about=request:{}", "/matches/dismiss?about=request:{}"),
        *(f"/matches/{each}?for=request:{{}}" for each in ("people", "organisations", "innovations")),
    ),
    "member": (
        *("/matches/why?about=member:{}", "/matches/dismiss?about=member:{}"),
        *("/introductions/ask/{}", "/matches/why?for=member:{}&about=member:{}"),
    ),
}
"""Addresses that name one thing, by its kind."""


def looking():
    """Store people by name who look for much and offer much."""
    people = {}
    for name, columns in OUTSIDERS.items():
        people[name] = make_member(**{"country": "GE", "member_type": "data_scientist"} | columns)
        make_profile(people[name], **SAID)
    return people


def hide(scene, profile):
    """Store what fits and none of them may see; return the subjects.

    Args:
        scene: an owner whom everybody knows.
        profile: whom members see, and whose biography is for law enforcement from now on.
    """
    said = {**STANDARDS, "countries": ("TV",)}
    records = [
        tracing_tool(scene, readership=readership, **said)
        for readership in (GEORGIAN_POLICE, named_organisations(scene.owner))
    ]
    records.append(tracing_tool(scene, **said))
    records[-1].status = InnovationStatus.TAKEN_DOWN
    people = [
        scientist(country="TV", profile={**SAID, "audience": audience, "biography_audience": audience})
        for audience in (FieldAudience.LAW_ENFORCEMENT, FieldAudience.NOBODY)
    ]
    people.append(scientist(country="TV", profile=SAID, status=MemberStatus.SUSPENDED))
    requests = [
        network_request(country="TV", **columns)
        for columns in (
            {"readership": POLICE_REQUEST},
            {"receivers": [make_member()]},
            {"status": RequestStatus.WITHDRAWN},
        )
    ]
    profile.biography, profile.biography_audience = SAID["biography"], FieldAudience.LAW_ENFORCEMENT
    session().commit()
    return [
        *(each.subject for each in (*records, *requests)),
        *(f"member:{each.public_id}" for each in people),
    ]


def counted():
    """Return all that is counted of exposure and of needs."""
    rows = [*session().scalars(select(Exposure)), *session().scalars(select(Strength))]
    return sorted(
        str([getattr(row, each.key) for each in row.__table__.columns if not each.key.endswith("_at")])
        for row in rows
    )


def test_suggestions_are_the_same_as_if_what_is_hidden_never_was(browsers, app, index, matching, tmp_path):
    people, poster, scene = looking(), make_member(), make_scene("TV")
    other, tool = scientist(profile={"biography": ""}), tracing_tool(**STANDARDS)
    school(**STANDARDS)
    own, foreign = network_request(people["member"]), network_request(poster)
    session().add(ExposureFloor(percent=30, reason="Words", set_by_id=poster.id))
    session().commit()
    opened = browsers(people)
    pages = [
        *LISTS,
        *(f"/innovations/{tool.slug}", f"/collaboration/{own.public_id}"),
        *(f"/matches/{each}?for={own.subject}" for each in ("people", "organisations", "innovations")),
        *(f"/matches/{each}?for={tool.subject}" for each in ("people", "requests")),
        *(
            f"/matches/why?about={each}"
            for each in (tool.subject, foreign.subject, f"member:{other.public_id}")
        ),
        f"/introductions/ask/{other.public_id}",
    ]

    def visit(when):
        index()
        count_exposure(app.extensions["hub"].bind, matching, tmp_path / when)
        seen = {name: read(browser, pages) for name, browser in opened.items()}
        for name, browser in opened.items():
            seen[name]["the week's mail"] = new_suggestions(matching, people[name])
            seen[name]["as a file"] = export(browser)
        return seen | {"counts": {"all": counted()}}

    before = visit("before")
    assert all(told["the week's mail"] for name, told in before.items() if name != "counts")
    absent = {name: about(browser, dict.fromkeys(ABOUT, ABSENT)) for name, browser in opened.items()}
    hidden = hide(scene, session().get_one(Profile, other.id))
    assert different(before, visit("after")) == {}
    for subject in hidden:
        kind, _, key = subject.partition(":")
        told = {name: about(browser, {kind: key}) for name, browser in opened.items()}
        assert different(absent, told) == {}
        answers = [invited(opened["member"], own, each) for each in (key, ABSENT)]
        assert answers[0] == answers[1]


def about(browser, keys):
    """Return what somebody reads where addresses name things, whose keys are given by kind."""
    found = {}
    for kind, key in keys.items():
        found |= read(browser, [each.replace("{}", key) for each in ABOUT[kind]], [key])
    return found


def export(browser):
    """Return the report on fairness as a file."""
    answer = browser.post("/coordinate/fairness/export", data={"csrf_token": browser.token()})
    return answer.status_code, answer.text


def invited(browser, request, key):
    """Return what somebody is answered who invites a member."""
    sent = {"csrf_token": browser.token(), "kind": "member", "key": key}
    answer = browser.post(f"/collaboration/{request.public_id}/invite", data=sent)
    # what was typed is shown beside the error
    return answer.status_code, TOKENS.sub("", answer.text).replace(key, "ASKED")


def test_the_cache_on_disk_holds_no_word_of_any_text(hub, index, matching):
    plant(hub.rows)
    index()
    with matching.folder.lock():
        matching.rebuild()
    files = [each for each in matching.folder.path.rglob("*") if each.is_file()]
    assert files
    pattern = re.compile(MARK.pattern.encode())
    words = {each.decode() for file in files for each in pattern.findall(file.read_bytes().lower())}
    assert {COLUMNS[each] for each in words} <= CODES
