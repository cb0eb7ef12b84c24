"""A request that is not for somebody, and the responses of others, leave no trace: pages are as if they never were."""

from hub.access.viewer import Role
from hub.collaboration.conversations.service import send_message
from hub.collaboration.models import QuestionStatus, RequestQuestion, RequestStatus, ResponseStatus
from hub.collaboration.responses.deciding import shortlist_response
from hub.core.clock import now
from hub.core.database import session
from tests.catalogue.cast import did
from tests.catalogue.records import make_scene, published
from tests.collaboration.requests import EVERYBODY, GEORGIAN_POLICE, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.web.catalogue.canary import CANARY
from tests.web.leaks.comparing import read

OUTSIDERS = {
    "visitor": None,
    "member": {},
    "police of another country": {"law_enforcement": "ID"},
    "focal point of the same country": {"focal_country": "GE"},
    "coordinator": {"roles": [Role.COORDINATOR]},
    "integrity officer": {"roles": [Role.INTEGRITY_OFFICER]},
}

BOARD = "/coordinate/collaboration"
DESKED = frozenset({"coordinator", "focal point of the same country"})
"""Who learns that something waits: only its label and how long."""

WORDS = {name: f"{CANARY} {name}" for name in ("title", "summary", "background", "outcome_wanted", "brings")}
TERMS = {
    "functions": ("educate",),
    "offences": ("uncac-24",),
    "countries": ("TV", "GE"),
    "languages": ("ka",),
}


def pages(record, agency):
    """Return every address that could tell of a request."""
    filters = (
        "function=educate",
        "offence=uncac-24",
        "country=TV",
        "language=ka",
        "due=month",
        "state=takes",
    )
    return [
        *("/", "/start", "/collaboration", "/collaboration/mine", "/collaboration/new", "/account/messages"),
        *(
            "/account/notifications",
            "/coordinate",
            BOARD,
            f"{BOARD}/answers",
            "/countries/GE",
            "/countries/TV",
        ),
        *(f"/collaboration?{each}" for each in (*filters, "sort=newest", "page=2", f"q={CANARY}", "q=pilot")),
        *(f"/search/suggest?in=requests&q={each}" for each in (CANARY[:4], "pilot")),
        *("/feeds/collaboration.atom", f"/feeds/collaboration.atom?q={CANARY}"),
        *(f"/innovations/{record.slug}", f"/organisations/{agency.slug}"),
    ]


def hide(poster, agency, innovation):
    """Store requests to Georgian police and by name, with responses and answers enough for a median; return one."""
    asking = {"organisation_id": agency.id, "innovation_id": innovation.id, "terms": TERMS, **WORDS}
    asked = [
        opened_request(poster, readership=GEORGIAN_POLICE, status=status, requirements=(CANARY,), **asking)
        for status in (RequestStatus.OPEN, RequestStatus.EXPIRED)
    ]
    asked.append(opened_request(poster, receivers=[make_member()], **asking))
    for request in asked:
        for _ in range(3):
            responded(
                request, make_member(law_enforcement="GE"), offer=CANARY, evidence=CANARY,
                status=ResponseStatus.DECLINED,
            )  # fmt: skip
            session().add(
                RequestQuestion(
                    request=request, asked_by_id=make_member().id, language="en-GB", words=CANARY,
                    status=QuestionStatus.ANSWERED, answer=CANARY, answered_at=now(),
                    answered_by_id=poster.id,
                )
            )  # fmt: skip
        did(send_message, poster, responded(request, make_member(law_enforcement="GE")), words=CANARY)
    session().commit()
    return asked


def test_pages_are_the_same_as_if_the_request_never_was(browsers, index):
    scene = make_scene()
    record, agency = published(scene).innovation, scene.owner
    opened_request(make_member(represents=[agency]), organisation_id=agency.id)
    people = {
        name: None if columns is None else make_member(**columns) for name, columns in OUTSIDERS.items()
    }
    opened = browsers(people)
    index()
    addresses = pages(record, agency)
    absent = [f"/collaboration/{'2' * 22}", f"/collaboration/{'2' * 22}/respond"]
    before = {name: read(each, [*addresses, *absent], ["2" * 22]) for name, each in opened.items()}
    ids = [request.public_id for request in hide(scene.partner, agency, record)]
    index()
    own = [each.replace("2" * 22, number) for number in ids for each in absent]
    for name, browser in opened.items():
        for page, told in read(browser, [*addresses, *own], ids).items():
            if f"q={CANARY}" not in page:  # what somebody searched for stands in the search box
                assert CANARY not in told[1], (name, page)
            if page != BOARD or name not in DESKED:
                assert told == before[name][page], (name, page)


def test_a_responder_reads_the_same_whoever_else_responds(browsers, index):
    agency = make_organisation(country="GE")
    poster = make_member(represents=[agency])
    open_call = opened_request(poster, organisation_id=agency.id, readership=EVERYBODY)
    receiver = make_member()
    by_name = opened_request(poster, organisation_id=agency.id, receivers=[receiver, make_member()])
    people = {
        "responder": make_member(),
        "responder at the desk": make_member(roles=[Role.COORDINATOR]),
        "responder of the country": make_member(focal_country="GE"),
        "somebody who drafts": make_member(),
        "receiver": receiver,
        "visitor": None,
    }
    own = {
        name: responded(
            by_name if name == "receiver" else open_call,
            member,
            status=ResponseStatus.DRAFT if name == "somebody who drafts" else ResponseStatus.SUBMITTED,
        )
        for name, member in people.items()
        if member
    }
    record = published(make_scene()).innovation
    opened = browsers(people)
    index()

    def visit(name):
        response = own.get(name)
        paths = [f"/collaboration/{each.public_id}" for each in (open_call, by_name)]
        if response:
            place = f"/collaboration/{response.request.public_id}/responses/{response.public_id}"
            paths += [place, f"{place}/conversation", f"{place}/withdraw"]
        return read(opened[name], [*pages(record, agency), *paths])

    before = {name: visit(name) for name in opened}
    for request in (open_call, by_name):
        rival = responded(request, make_member(), offer=CANARY, evidence=CANARY)
        did(shortlist_response, poster, rival)
        did(send_message, poster, rival, words=CANARY)
        responded(request, make_member(), status=ResponseStatus.DRAFT)
        responded(request, make_member(), status=ResponseStatus.WITHDRAWN)
    session().commit()
    index()
    different = {}
    for name in opened:
        for page, told in visit(name).items():
            if told != before[name][page]:
                different.setdefault(name, []).append(page)
    assert different == {}
