"""Who reaches one particular thing behind the door of a route, written by hand; everybody else finds nothing there.

A thing is named as in `world`. Those who are not in the row get what a thing that never was gets: the same status and
the same page. `STOPPED` names who may know of the thing, and is told in words that they may not do this (403).
"""

from tests.architecture.access.collaboration_things import COLLABORATION_STOPPED, COLLABORATION_THINGS
from tests.architecture.access.commitment_things import COMMITMENT_STOPPED, COMMITMENT_THINGS
from tests.architecture.access.curating_things import CURATING_STOPPED, CURATING_THINGS
from tests.architecture.access.matching_things import MATCHING_THINGS
from tests.architecture.access.showcase_things import SHOWCASE_STOPPED, SHOWCASE_THINGS
from tests.architecture.access.viewers import (
    APPOINTERS,
    COORDINATORS,
    EVERYBODY,
    INTEGRITY_OFFICERS,
    MEMBERS,
    NOBODY,
)

OWNER = frozenset({"owner"})
PARTY = frozenset({"party"})
BOTH_SIDES = OWNER | PARTY
POLICE = frozenset({"law enforcement"})
POLICE_AND_OWNER = POLICE | OWNER
COORDINATOR = frozenset({"coordinator"})
RECUSED = frozenset({"recused coordinator"})
MEMBER = frozenset({"member"})
FOCAL_POINT = frozenset({"focal point"})
SPEAKING_FOR_SOME = frozenset({"representative", "party"})
REPRESENTATIVE = frozenset({"representative"})
ALL_POLICE = frozenset({"law enforcement", "law enforcement abroad"})

_READ = {"public record": EVERYBODY, "police record": POLICE_AND_OWNER, "draft": OWNER}
_OWNED = {"public record": OWNER, "police record": OWNER, "draft": OWNER, "claimed record": NOBODY}
_REVIEWED = {"submitted record": COORDINATOR, "submitted police record": COORDINATOR, "draft": NOBODY}
_TASKS = {
    "claim": COORDINATOR,
    "proposal": COORDINATOR,
    "evidence": COORDINATOR,
    "police evidence": COORDINATOR,
}

_PROFILES = {"profile": MEMBERS, "police profile": ALL_POLICE, "hidden profile": NOBODY}
# nobody writes to themselves, blocks or reports themselves
_OTHERS = _PROFILES | {"own profile": NOBODY}
_KNOWN = {
    "agency": EVERYBODY,
    "new agency": REPRESENTATIVE | COORDINATORS | FOCAL_POINT,
    "new agency elsewhere": COORDINATORS,
    "former agency": EVERYBODY,
}
_FOLLOWED = {
    "agency": MEMBERS,
    "new agency": REPRESENTATIVE | COORDINATORS | FOCAL_POINT,
    "new agency elsewhere": COORDINATORS,
}
_DESCRIBED = {"agency": OWNER, "new agency": REPRESENTATIVE, "new agency elsewhere": NOBODY}
_SILENT = {"silent agency": MEMBERS, "silent new agency": COORDINATORS}
_BELONGED_TO = {
    "agency": OWNER | RECUSED,
    "adopting agency": PARTY | RECUSED,
    "new agency": REPRESENTATIVE | RECUSED,
    "new agency elsewhere": RECUSED,
}
_OVERSEEN = {
    "agency": COORDINATOR,
    "new agency": COORDINATOR | FOCAL_POINT,
    "new agency elsewhere": COORDINATOR,
}
_VERIFIED = {
    "request of the new agency": COORDINATOR | FOCAL_POINT,
    "request of the new agency elsewhere": COORDINATOR,
}

_COLLECTED = {"shortlist": MEMBER | FOCAL_POINT | PARTY | RECUSED, "private shortlist": POLICE}
_KEPT = {"shortlist": MEMBER, "private shortlist": POLICE}
_ENTRIES = {"entry": MEMBER, "private entry": POLICE, "stray entry": NOBODY}
_SEARCHES = {"saved search": MEMBER, "follow": NOBODY}

_ELSEWHERE: dict[str, dict[str, frozenset[str]]] = {
    # reading
    "GET /innovations/<slug>": _READ,
    "GET /innovations/<slug>/evidence": _READ,
    "GET /innovations/<slug>/replications": _READ,
    "GET /innovations/<slug>/revisions": _READ,
    "GET /innovations/<slug>/revisions/<int:number>": _READ,
    "GET /innovations/<slug>/report-problem": _READ,
    "POST /innovations/<slug>/report-problem": _READ,
    "GET /innovations/<slug>/annexes/<public_id>": {
        "annex": MEMBERS,
        "named annex": BOTH_SIDES | RECUSED,
        "police annex": POLICE_AND_OWNER,
    },
    "GET /innovations/<slug>/annexes/<public_id>/file": {"annex": NOBODY, "police annex": NOBODY},
    "GET /innovations/<slug>/evidence/<public_id>/file": {"evidence": NOBODY, "police evidence": NOBODY},
    "GET /innovations/<slug>/replications/<public_id>": {
        "replication": BOTH_SIDES,
        "police replication": OWNER,
    },
    # the owner's side
    "GET /innovations/<slug>/edit": _OWNED,
    "GET /innovations/<slug>/edit/<key>": _OWNED,
    "POST /innovations/<slug>/edit/<key>": _OWNED,
    "GET /innovations/<slug>/check": _OWNED,
    "POST /innovations/<slug>/submit": _OWNED,
    "POST /innovations/<slug>/withdraw": _OWNED,
    "POST /innovations/<slug>/revise": _OWNED,
    "GET /innovations/<slug>/discard": _OWNED,
    "POST /innovations/<slug>/discard": {"draft": OWNER},
    "GET /innovations/<slug>/archive": _OWNED,
    "POST /innovations/<slug>/archive": _OWNED,
    "POST /innovations/<slug>/restore": _OWNED,
    "POST /innovations/<slug>/confirm": _OWNED,
    "GET /innovations/<slug>/hand-over": _OWNED,
    "POST /innovations/<slug>/hand-over": _OWNED,
    "GET /innovations/<slug>/languages": _OWNED,
    "POST /innovations/<slug>/languages": _OWNED,
    "GET /innovations/<slug>/languages/<language>": _OWNED,
    "POST /innovations/<slug>/languages/<language>": _OWNED,
    # there is no such translation
    "POST /innovations/<slug>/languages/<language>/remove": dict.fromkeys(_OWNED, NOBODY),
    "POST /innovations/<slug>/source-language": _OWNED,
    "GET /innovations/<slug>/annexes/new": _OWNED,
    "POST /innovations/<slug>/annexes/new": _OWNED,
    "GET /innovations/<slug>/annexes/<public_id>/edit": {
        "annex": OWNER,
        "named annex": OWNER,
        "police annex": OWNER,
    },
    "POST /innovations/<slug>/annexes/<public_id>/edit": {
        "annex": OWNER,
        "named annex": OWNER,
        "police annex": OWNER,
    },
    "POST /innovations/<slug>/annexes/<public_id>/remove": {
        "annex": OWNER,
        "named annex": OWNER,
        "police annex": OWNER,
    },
    "GET /innovations/import/<public_id>": {"import run": OWNER},
    "POST /innovations/import/<public_id>/start": {"import run": OWNER},
    # a check, which leads to nothing that could be submitted
    "POST /innovations/import/<public_id>/submit": {"import run": NOBODY},
    # evidence and replications
    "GET /innovations/<slug>/evidence/new": {"public record": MEMBERS, "police record": POLICE_AND_OWNER},
    "POST /innovations/<slug>/evidence/new": {"public record": MEMBERS, "police record": POLICE_AND_OWNER},
    "POST /innovations/<slug>/evidence/<public_id>/withdraw": {"evidence": OWNER, "police evidence": OWNER},
    "GET /innovations/<slug>/replications/new": {
        "public record": OWNER | SPEAKING_FOR_SOME,
        "police record": OWNER,
    },
    "POST /innovations/<slug>/replications/new": {
        "public record": OWNER | SPEAKING_FOR_SOME,
        "police record": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/answer": {
        "replication": BOTH_SIDES,
        "police replication": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/confirm": {
        "replication": PARTY,
        "police replication": NOBODY,
    },
    "POST /innovations/<slug>/replications/<public_id>/dispute": {
        "replication": BOTH_SIDES,
        "police replication": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/fail": {
        "replication": BOTH_SIDES,
        "police replication": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/settle": {
        "replication": BOTH_SIDES,
        "police replication": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/withdraw": {
        "replication": OWNER,
        "police replication": OWNER,
    },
    # whose record it is
    "GET /innovations/<slug>/claim": {"claimed record": EVERYBODY, "police record": POLICE_AND_OWNER},
    # whoever reads it may ask and is told, once there are words, that only its organisation can claim it
    "POST /innovations/<slug>/claim": {"claimed record": MEMBERS, "police record": POLICE_AND_OWNER},
    "POST /innovations/<slug>/claim/withdraw": {"claimed record": PARTY, "police record": NOBODY},
    "GET /innovations/offers/<public_id>": {"offer": BOTH_SIDES},
    "POST /innovations/offers/<public_id>/accept": {"offer": PARTY},
    "POST /innovations/offers/<public_id>/decline": {"offer": PARTY},
    "POST /innovations/offers/<public_id>/withdraw": {"offer": OWNER},
    # the coordinators' desks
    # a coordinator outside the audience opens it only once they took it
    "GET /coordinate/<slug>": _REVIEWED | {"submitted police record": NOBODY},
    "POST /innovations/<slug>/take": _REVIEWED,
    "POST /innovations/<slug>/release": _REVIEWED,
    "POST /innovations/<slug>/publish": _REVIEWED,
    "POST /innovations/<slug>/widen": _REVIEWED,
    "POST /innovations/<slug>/request-changes": _REVIEWED,
    "POST /innovations/<slug>/decline": _REVIEWED,
    # the page says to who has a conflict that they may not propose anything
    "GET /innovations/<slug>/recuse": _REVIEWED | {"submitted police record": NOBODY},
    "POST /innovations/<slug>/recuse": _REVIEWED | {"submitted police record": NOBODY},
    "GET /coordinate/<kind>/<public_id>/recuse": _TASKS | {"police evidence": NOBODY},
    "POST /coordinate/<kind>/<public_id>/recuse": _TASKS | {"police evidence": NOBODY},
    "GET /innovations/<slug>/propose/<action>": {"public record": COORDINATORS, "police record": NOBODY},
    "POST /innovations/<slug>/propose/<action>": {"public record": COORDINATORS, "police record": NOBODY},
    "POST /innovations/<slug>/end-feature": {"public record": COORDINATOR, "police record": NOBODY},
    "POST /innovations/proposals/<public_id>/withdraw": {"proposal": NOBODY},
    "GET /coordinate/<kind>/<public_id>": _TASKS | {"police evidence": NOBODY},
    "POST /coordinate/<kind>/<public_id>/take": _TASKS,
    "POST /coordinate/<kind>/<public_id>/release": _TASKS,
    "POST /coordinate/<kind>/<public_id>/<action>": _TASKS,
    "POST /coordinate/evidence/<public_id>/reopen": {"evidence": COORDINATOR, "police evidence": NOBODY},
    "GET /coordinate/batches/<public_id>": {"batch": COORDINATORS},
    "POST /coordinate/batches/<public_id>/take": {"batch": COORDINATOR},
    "POST /coordinate/batches/<public_id>/release": {"batch": COORDINATORS},
    "POST /coordinate/batches/<public_id>/publish": {"batch": COORDINATORS},
    # people
    "GET /coordinate/members/<public_id>": {"application": COORDINATOR, "colleague": COORDINATOR},
    "POST /coordinate/members/<public_id>/<action>": {"application": COORDINATOR, "colleague": COORDINATOR},
    "GET /coordinate/members/<public_id>/recuse": {"application": COORDINATOR, "colleague": COORDINATOR},
    "POST /coordinate/members/<public_id>/recuse": {"application": COORDINATOR, "colleague": COORDINATOR},
    "GET /coordinate/law-enforcement/<public_id>": {"status request": COORDINATOR, "status": COORDINATOR},
    "POST /coordinate/law-enforcement/<public_id>/<action>": {
        "status request": COORDINATOR,
        "status": COORDINATOR,
    },
    "GET /coordinate/factor-resets/<public_id>": {"factor reset": COORDINATOR},
    "POST /coordinate/factor-resets/<public_id>/<action>": {"factor reset": COORDINATOR},
    "GET /roles/proposals/<public_id>": {"role proposal": APPOINTERS - RECUSED},
    "POST /roles/proposals/<public_id>/approve": {"role proposal": APPOINTERS - RECUSED},
    "POST /roles/proposals/<public_id>/decline": {"role proposal": APPOINTERS - RECUSED},
    "POST /roles/proposals/<public_id>/withdraw": {"role proposal": NOBODY},
    "GET /roles/grants/<public_id>/end": {"role": APPOINTERS},
    "POST /roles/grants/<public_id>/end": {"role": APPOINTERS},
    "GET /integrity/interests/<public_id>/strike": {"interest": INTEGRITY_OFFICERS},
    "POST /integrity/interests/<public_id>/strike": {"interest": INTEGRITY_OFFICERS},
    # members to one another
    "GET /members/<public_id>": _PROFILES | {"own profile": MEMBER},
    "GET /members/<public_id>/write": _OTHERS,
    "POST /members/<public_id>/write": _OTHERS,
    "POST /members/<public_id>/block": _OTHERS,
    # whom one has blocked, shown or not
    "POST /members/<public_id>/unblock": {"blocked member": MEMBER, "profile": NOBODY},
    "GET /members/<public_id>/report": _OTHERS,
    "POST /members/<public_id>/report": _OTHERS,
    "GET /account/messages/<public_id>": {"message": BOTH_SIDES},
    # its receiver
    "POST /account/messages/<public_id>/answer": {"message": OWNER},
    "GET /account/messages/<public_id>/report": {"message": OWNER},
    "POST /account/messages/<public_id>/report": {"message": OWNER},
    "GET /coordinate/abuse/<public_id>": {"abuse report": COORDINATOR},
    "POST /coordinate/abuse/<public_id>/<action>": {"abuse report": COORDINATOR},
    "GET /coordinate/terms/<public_id>": {"word": COORDINATORS},
    "POST /coordinate/terms/<public_id>/<action>": {"word": COORDINATORS},
    "POST /innovations/<slug>/follow": _READ | {"public record": MEMBERS},
    "POST /innovations/<slug>/unfollow": _READ | {"public record": MEMBERS},
    # organisations
    "GET /organisations/<slug>": _KNOWN,
    "POST /organisations/<slug>/follow": _FOLLOWED,
    "POST /organisations/<slug>/unfollow": _FOLLOWED,
    "GET /organisations/<slug>/edit": _DESCRIBED,
    "POST /organisations/<slug>/edit": _DESCRIBED,
    "GET /organisations/<slug>/people": _FOLLOWED | {"agency": OWNER | COORDINATORS},
    # one that nobody verified invites nobody
    "POST /organisations/<slug>/people": _DESCRIBED | {"new agency": NOBODY},
    "POST /organisations/<slug>/people/<public_id>/change-role": {"place": OWNER},
    "GET /organisations/<slug>/people/<public_id>/end": {"place": OWNER},
    "POST /organisations/<slug>/people/<public_id>/end": {"place": OWNER},
    "POST /organisations/<slug>/show-me": _BELONGED_TO,
    "GET /organisations/<slug>/leave": _BELONGED_TO,
    "POST /organisations/<slug>/leave": _BELONGED_TO,
    # where nobody speaks for it every member who sees it may ask
    "GET /organisations/<slug>/verification": _DESCRIBED | _SILENT,
    "POST /organisations/<slug>/verification": _DESCRIBED | _SILENT,
    "POST /organisations/<slug>/verification/withdraw": {"agency": NOBODY, "new agency": REPRESENTATIVE},
    "GET /coordinate/organisations/<public_id>": _VERIFIED,
    "POST /coordinate/organisations/<public_id>/<action>": _VERIFIED,
    # nothing is to end where nothing is verified
    "GET /organisations/<slug>/end-verification": {"agency": COORDINATOR, "new agency": NOBODY},
    "POST /organisations/<slug>/end-verification": {"agency": COORDINATOR, "new agency": NOBODY},
    "GET /organisations/<slug>/recuse": _OVERSEEN,
    "POST /organisations/<slug>/recuse": _OVERSEEN,
    "GET /organisations/<slug>/merge": {"agency": COORDINATOR, "new agency": COORDINATOR},
    "POST /organisations/<slug>/merge": {"agency": COORDINATOR, "new agency": COORDINATOR},
    "GET /coordinate/merges/<public_id>": {"merge": COORDINATOR},
    "POST /coordinate/merges/<public_id>/<action>": {"merge": COORDINATOR},
    # the log
    "GET /integrity/erasures/<public_id>": {"erasure": INTEGRITY_OFFICERS},
    "POST /integrity/erasures/<public_id>/approve": {"erasure": INTEGRITY_OFFICERS},
    "POST /integrity/erasures/<public_id>/decline": {"erasure": INTEGRITY_OFFICERS},
    # another officer proposed it
    "POST /integrity/erasures/<public_id>/withdraw": {"erasure": NOBODY},
    # what members collect; whom a list is shared with reads it, and its keeper alone changes it
    "GET /shortlists/<public_id>": _COLLECTED,
    "GET /shortlists/<public_id>/dossier": _COLLECTED,
    "POST /shortlists/<public_id>/export": _COLLECTED,
    "POST /shortlists/<public_id>/leave": _COLLECTED,
    "GET /shortlists/<public_id>/edit": _KEPT,
    "POST /shortlists/<public_id>/edit": _KEPT,
    "GET /shortlists/<public_id>/delete": _KEPT,
    "POST /shortlists/<public_id>/delete": _KEPT,
    "GET /shortlists/<public_id>/share": _KEPT,
    "POST /shortlists/<public_id>/share": _KEPT,
    "POST /shortlists/<public_id>/shares/<share_id>/end": {"share": MEMBER, "stray share": NOBODY},
    "GET /shortlists/<public_id>/entries/<entry_id>/note": _ENTRIES,
    "POST /shortlists/<public_id>/entries/<entry_id>/note": _ENTRIES,
    "POST /shortlists/<public_id>/entries/<entry_id>/move": _ENTRIES,
    "POST /shortlists/<public_id>/entries/<entry_id>/remove": _ENTRIES,
    "GET /account/searches/<public_id>/edit": _SEARCHES,
    "POST /account/searches/<public_id>/edit": _SEARCHES,
    "POST /account/searches/<public_id>/delete": _SEARCHES,
    # what belongs to one person
    "POST /account/following/<public_id>/unfollow": {"follow": MEMBER},
    # the answer is the same for what is somebody else's, for what never was, and for one's own
    "POST /account/notifications/<public_id>/read": {"notification": NOBODY},
    "POST /account/privacy/exports/<public_id>/download": {"export": MEMBER},
    "POST /account/invitations/<public_id>/revoke": {"invitation": OWNER},
    "POST /account/law-enforcement/<public_id>/withdraw": {
        "own status request": MEMBER,
        "status request": NOBODY,
    },
    "POST /account/law-enforcement/<public_id>/give-up": {"own status": POLICE, "status": NOBODY},
    "POST /account/roles/<public_id>/name": {"role": FOCAL_POINT},
    "GET /account/roles/<public_id>/resign": {"role": FOCAL_POINT},
    "POST /account/roles/<public_id>/resign": {"role": FOCAL_POINT},
    "GET /account/roles/<public_id>/hand-over": {"role": FOCAL_POINT},
    "POST /account/roles/<public_id>/hand-over": {"role": FOCAL_POINT},
    "POST /account/roles/offers/<public_id>/accept": {"role offer": MEMBER},
    "POST /account/roles/offers/<public_id>/refuse": {"role offer": MEMBER},
    "POST /account/roles/offers/<public_id>/withdraw": {"role offer": FOCAL_POINT},
    "GET /account/interests/<public_id>/end": {"interest": COORDINATOR},
    "POST /account/interests/<public_id>/end": {"interest": COORDINATOR},
    "POST /account/security/sessions/<public_id>/end": {"session": MEMBER},
    "POST /account/security/passkeys/<public_id>/remove": {"passkey": MEMBER},
}

THINGS = {
    **_ELSEWHERE,
    **COLLABORATION_THINGS,
    **COMMITMENT_THINGS,
    **SHOWCASE_THINGS,
    **CURATING_THINGS,
    **MATCHING_THINGS,
}

_NEW_REPLICATION = {
    "public record": MEMBERS - OWNER - SPEAKING_FOR_SOME,
    "police record": POLICE,
}
_CONFLICT = {
    route: {thing: RECUSED for thing, reached in row.items() if "coordinator" in reached}
    for route, row in _ELSEWHERE.items()
    if not any(reached >= RECUSED for reached in row.values()) and "/account/" not in route
}

STOPPED: dict[str, dict[str, frozenset[str]]] = {
    **_CONFLICT,
    "GET /innovations/<slug>/replications/new": _NEW_REPLICATION,
    "POST /innovations/<slug>/replications/new": _NEW_REPLICATION,
    "POST /innovations/<slug>/replications/<public_id>/confirm": {
        "replication": OWNER,
        "police replication": OWNER,
    },
    "POST /innovations/<slug>/replications/<public_id>/withdraw": {"replication": PARTY},
    "POST /coordinate/batches/<public_id>/take": {"batch": RECUSED},
    "POST /coordinate/evidence/<public_id>/reopen": {},
    **COLLABORATION_STOPPED,
    **COMMITMENT_STOPPED,
    **SHOWCASE_STOPPED,
    **CURATING_STOPPED,
}
"""Besides the rows of single routes: whoever has a conflict is stopped wherever coordinators free of it go on."""

NO_THING = frozenset(
    {
        "GET /static/<path:filename>",
        "GET /account/outbox-demo/<name>",
        "GET /countries/<code>",
        "GET /countries/<code>/edit",
        "POST /countries/<code>/edit",
        "POST /countries/<code>/follow",
        "POST /countries/<code>/unfollow",
        "GET /innovations/import/template.<format>",
        "GET /insights/<chart>.csv",
        "GET /insights/<chart>.json",
        "GET /insights/metrics/<key>",
        "GET /insights/metrics/<key>.csv",
        "GET /insights/metrics/<key>.json",
    }
)
"""Addresses that name a file of the release, a country or a format, which are nobody's."""
