"""Who reaches one particular introduction, dismissal or invitation, written by hand, as in `things`.

The party asks: the owner, who reads it; the representative, who declined; the focal point, whom it never reached; and
the coordinator, from whom it was taken back. No role opens any of them.
"""

from tests.architecture.access.viewers import MEMBERS, NOBODY, by_verb

OWNER = frozenset({"owner"})
PARTY = frozenset({"party"})
MEMBER = frozenset({"member"})
POLICE = frozenset({"law enforcement"})
REPRESENTATIVE = frozenset({"representative"})
ALL_POLICE = frozenset({"law enforcement", "law enforcement abroad"})

_ASKED = {
    "introduction": OWNER,
    "declined introduction": REPRESENTATIVE,
    "undelivered introduction": NOBODY,
    "withdrawn introduction": NOBODY,
}
_SENT = dict.fromkeys(_ASKED, PARTY)

_INTRODUCTION = "/introductions/<public_id>"

_ROWS: dict[str, dict[str, frozenset[str]]] = {
    f"GET {_INTRODUCTION}": {thing: reached | PARTY for thing, reached in _ASKED.items()},
    f"POST {_INTRODUCTION}/accept": _ASKED,
    f"POST {_INTRODUCTION}/decline": _ASKED,
    f"POST {_INTRODUCTION}/block": _ASKED,
    f"POST {_INTRODUCTION}/withdraw": _SENT,
    # nobody is introduced to themselves
    "GET,POST /introductions/ask/<public_id>": {
        "profile": MEMBERS,
        "police profile": ALL_POLICE,
        "hidden profile": NOBODY,
        "own profile": NOBODY,
    },
    "POST /matches/dismissed/<public_id>/restore": {"dismissal": MEMBER, "dismissal of police": POLICE},
    # somebody whom members see is invited; it is refused in words where the request takes no invitations
    "POST /collaboration/<public_id>/invite": dict.fromkeys(
        ("open request", "Georgian request", "named request", "red request", "expired request"), OWNER
    ),
}

MATCHING_THINGS = by_verb(_ROWS)
