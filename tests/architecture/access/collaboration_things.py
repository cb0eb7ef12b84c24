"""Who reaches one particular request, response, conversation and the like, written by hand, as in `things`.

The owner's representative asks, for the owning agency; the party responds for the adopting one, which the recused
coordinator belongs to as well. A rival responds too: nobody but who asks learns of either.
"""

from tests.architecture.access.viewers import EVERYBODY, MEMBERS, NOBODY, by_verb

OWNER = frozenset({"owner"})
PARTY = frozenset({"party"})
BOTH_SIDES = OWNER | PARTY
MEMBER = frozenset({"member"})
POLICE = frozenset({"law enforcement"})
ALL_POLICE = frozenset({"law enforcement", "law enforcement abroad"})
COORDINATOR = frozenset({"coordinator"})
RECUSED = frozenset({"recused coordinator"})

_SHOWN = {
    "open request": EVERYBODY,
    "request of police": ALL_POLICE | OWNER,
    "Georgian request": POLICE | OWNER,
    # sent to the member and to the adopting agency, whose people read it
    "named request": OWNER | MEMBER | PARTY | RECUSED,
    "red request": OWNER | MEMBER,
    "request draft": OWNER,
    "submitted request": OWNER,
    "taken request": OWNER | COORDINATOR,
    "withdrawn request": BOTH_SIDES,
    "partnership": EVERYBODY,
}
_OWN = dict.fromkeys(("open request", "Georgian request", "named request"), OWNER)
_DRAFTED = {"request draft": OWNER, "submitted request": OWNER}
_ANSWERED = {
    "open request": MEMBERS - OWNER,
    "Georgian request": POLICE,
    "named request": MEMBER | PARTY | RECUSED,
}
_RESPONSE = {
    "response": BOTH_SIDES,
    "rival response": OWNER,
    "response of police": POLICE | OWNER,
    "withdrawn response": PARTY,
}
_OFFERED = {"response": PARTY, "rival response": NOBODY, "response draft": PARTY}
_DECIDED = {"response": OWNER, "response draft": NOBODY}
_TALK = {"conversation": BOTH_SIDES, "rival conversation": OWNER, "taken conversation": OWNER | COORDINATOR}
_READ = _TALK | {"response draft": NOBODY, "left conversation": BOTH_SIDES}
_TALKING = {"conversation": BOTH_SIDES, "rival conversation": OWNER}
_ATTENDED = {"conversation": BOTH_SIDES, "taken conversation": OWNER}
_PARTNERS = {"partnership": BOTH_SIDES, "response": NOBODY}
_STEP = {"step": BOTH_SIDES, "stray step": NOBODY}
_REVIEWED = {
    "submitted request": COORDINATOR,
    "submitted Georgian request": COORDINATOR,
    "open request": COORDINATOR,
}
_KNOWN = {"submitted request": COORDINATOR, "submitted Georgian request": NOBODY}
_VERSION = {"new requirements": COORDINATOR, "new Georgian requirements": COORDINATOR}
_VERSION_KNOWN = {"new requirements": COORDINATOR, "new Georgian requirements": NOBODY}
# who is on a side, or belongs to its organisation, does not even hear of a call; nobody is told what it is about
_CALL = {"call from a conversation": COORDINATOR}

_REQUEST = "/collaboration/<public_id>"
_ONE = f"{_REQUEST}/responses/<response_id>"
_PLAN = f"{_ONE}/partnership/steps"
_SIGNED = f"{_ONE}/outcomes/<outcome_id>"
_TALKED = f"{_ONE}/conversation"
_QUESTION = f"{_REQUEST}/questions/<question_id>"

_ROWS: dict[str, dict[str, frozenset[str]]] = {
    # the request
    f"GET {_REQUEST}": _SHOWN,
    f"GET {_REQUEST}/draft": _DRAFTED,
    f"GET {_REQUEST}/draft/check": _DRAFTED,
    f"GET,POST {_REQUEST}/draft/<key>": _DRAFTED,
    f"GET,POST {_REQUEST}/discard": _DRAFTED,
    f"POST {_REQUEST}/submit": _DRAFTED,
    f"POST {_REQUEST}/send": {"named draft": OWNER, "request draft": OWNER},
    f"POST {_REQUEST}/copy": {"named request": OWNER, "open request": OWNER},
    f"GET,POST {_REQUEST}/withdraw": _OWN | {"submitted request": OWNER},
    f"GET,POST {_REQUEST}/cancel": {"partnership": OWNER, "open request": OWNER},
    f"GET,POST {_REQUEST}/extend": _OWN,
    f"GET,POST {_REQUEST}/reopen": {"expired request": OWNER, "open request": OWNER},
    f"GET,POST {_REQUEST}/requirements": _OWN,
    f"POST {_REQUEST}/requirements/withdraw": {"changing request": OWNER},
    f"POST {_REQUEST}/start": {"partnership": OWNER, "Georgian request": OWNER},
    # one that was sent by name is refused by who was asked, or speaks for who was
    f"GET,POST {_REQUEST}/refuse": {
        "named request": MEMBER | PARTY,
        "red request": MEMBER,
        "open request": NOBODY,
    },
    # questions
    # who asks themselves is told so once there are words
    f"POST {_REQUEST}/ask": {thing: reached | OWNER for thing, reached in _ANSWERED.items()},
    f"GET,POST {_QUESTION}/answer": {"question": OWNER},
    f"GET,POST {_QUESTION}/set-aside": {"question": OWNER},
    f"POST {_QUESTION}/withdraw": {"question": MEMBER},
    # responses
    f"GET,POST {_REQUEST}/respond": _ANSWERED,
    f"GET {_REQUEST}/responses": _OWN,
    f"POST {_REQUEST}/responses/export": {"open request": OWNER, "red request": OWNER},
    f"GET {_ONE}": _RESPONSE | {"response draft": PARTY},
    f"GET,POST {_ONE}/offer": _OFFERED,
    f"GET,POST {_ONE}/answers": _OFFERED,
    f"POST {_ONE}/submit": _OFFERED,
    f"GET,POST {_ONE}/withdraw": _OFFERED,
    f"GET,POST {_ONE}/discard": _OFFERED,
    f"POST {_ONE}/shortlist": _DECIDED,
    f"POST {_ONE}/unshortlist": _DECIDED,
    f"GET,POST {_ONE}/accept": _DECIDED,
    f"GET,POST {_ONE}/decline": _DECIDED,
    # the conversation: the coordinator took a call from one of them
    f"GET {_TALKED}": _READ,
    f"POST {_TALKED}/message": _TALK,
    f"GET {_TALKED}/files/<file_id>": {"file": BOTH_SIDES, "stray file": NOBODY},
    f"POST {_TALKED}/receipts": _TALKING,
    f"POST {_TALKED}/leave": _TALKING,
    # only who left comes back
    f"POST {_TALKED}/return": {"left conversation": PARTY, "conversation": NOBODY},
    f"POST {_TALKED}/raise": _TALKING,
    f"GET,POST {_TALKED}/call": _ATTENDED,
    f"POST {_TALKED}/call/withdraw": {"conversation": OWNER, "rival conversation": NOBODY},
    # nobody reports what they wrote
    f"GET,POST {_TALKED}/messages/<message_id>/report": {
        "sent message": PARTY,
        "stray message": NOBODY,
    },
    # what follows an accepted response
    f"GET {_ONE}/partnership": _PARTNERS,
    f"POST {_PLAN}": _PARTNERS,
    f"GET,POST {_PLAN}/<step_id>": _STEP,
    f"POST {_PLAN}/<step_id>/finish": _STEP,
    f"POST {_PLAN}/<step_id>/reopen": _STEP,
    f"POST {_PLAN}/<step_id>/move": _STEP,
    f"POST {_PLAN}/<step_id>/remove": _STEP,
    f"GET,POST {_ONE}/outcome": _PARTNERS,
    f"POST {_SIGNED}/agree": {"outcome": PARTY},
    f"GET,POST {_SIGNED}/dispute": {"outcome": PARTY},
    f"GET,POST {_SIGNED}/revise": {"outcome": OWNER},
    f"GET,POST {_SIGNED}/replication": {"outcome": NOBODY},
    # the coordinators' desk; outside the audience a request is opened only once it is taken
    "GET /coordinate/requests/<public_id>": _KNOWN,
    "GET,POST /coordinate/requests/<public_id>/recuse": _KNOWN,
    "POST /coordinate/requests/<public_id>/take": _REVIEWED,
    "POST /coordinate/requests/<public_id>/release": _REVIEWED,
    "POST /coordinate/requests/<public_id>/publish": _REVIEWED,
    "POST /coordinate/requests/<public_id>/decline": _REVIEWED,
    "POST /coordinate/requests/<public_id>/request-changes": _REVIEWED,
    "GET /coordinate/requirements/<public_id>": _VERSION_KNOWN,
    "GET,POST /coordinate/requirements/<public_id>/recuse": _VERSION_KNOWN,
    "POST /coordinate/requirements/<public_id>/take": _VERSION,
    "POST /coordinate/requirements/<public_id>/release": _VERSION,
    "POST /coordinate/requirements/<public_id>/approve": _VERSION,
    "POST /coordinate/requirements/<public_id>/decline": _VERSION,
    "GET /coordinate/calls/<public_id>": {"call from a conversation": NOBODY, "taken call": COORDINATOR},
    "GET,POST /coordinate/calls/<public_id>/recuse": {
        "call from a conversation": NOBODY,
        "taken call": COORDINATOR,
    },
    "POST /coordinate/calls/<public_id>/take": _CALL,
    "POST /coordinate/calls/<public_id>/release": _CALL,
    "POST /coordinate/calls/<public_id>/answer": _CALL,
}

_STOPS: dict[str, dict[str, frozenset[str]]] = {
    # nobody responds to themselves
    f"GET,POST {_REQUEST}/respond": dict.fromkeys(_ANSWERED, OWNER),
    f"POST {_REQUEST}/start": {"partnership": MEMBERS - OWNER, "Georgian request": POLICE},
    f"POST {_SIGNED}/agree": {"outcome": OWNER},
    f"GET,POST {_SIGNED}/dispute": {"outcome": OWNER},
    f"GET,POST {_SIGNED}/revise": {"outcome": PARTY},
    # no innovation was named, so that there is nothing to propose
    f"GET,POST {_SIGNED}/replication": {"outcome": BOTH_SIDES},
    # a conflict with who asks is told
    "GET /coordinate/requests/<public_id>": {"submitted request": RECUSED},
    "GET,POST /coordinate/requests/<public_id>/recuse": {"submitted request": RECUSED},
    "POST /coordinate/requests/<public_id>/take": dict.fromkeys(_REVIEWED, RECUSED),
    "POST /coordinate/requests/<public_id>/release": dict.fromkeys(_REVIEWED, RECUSED),
    "POST /coordinate/requests/<public_id>/publish": dict.fromkeys(_REVIEWED, RECUSED),
    "POST /coordinate/requests/<public_id>/decline": dict.fromkeys(_REVIEWED, RECUSED),
    "POST /coordinate/requests/<public_id>/request-changes": dict.fromkeys(_REVIEWED, RECUSED),
    "GET /coordinate/requirements/<public_id>": {"new requirements": RECUSED},
    "GET,POST /coordinate/requirements/<public_id>/recuse": {"new requirements": RECUSED},
    "POST /coordinate/requirements/<public_id>/take": dict.fromkeys(_VERSION, RECUSED),
    "POST /coordinate/requirements/<public_id>/release": dict.fromkeys(_VERSION, RECUSED),
    "POST /coordinate/requirements/<public_id>/approve": dict.fromkeys(_VERSION, RECUSED),
    "POST /coordinate/requirements/<public_id>/decline": dict.fromkeys(_VERSION, RECUSED),
}


COLLABORATION_THINGS = by_verb(_ROWS)
COLLABORATION_STOPPED = by_verb(_STOPS)
