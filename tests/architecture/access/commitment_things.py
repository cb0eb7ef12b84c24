"""Who reaches one particular commitment and what belongs to it, written by hand, as in `things`.

The focal point's country made the promise, the owning agency leads it, the owner answers for it and offers it to the
party; the member gave evidence. The recused coordinator belongs to the agency, which matters to evidence alone.
"""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, FOCAL_POINTS, MEMBERS, NOBODY, by_verb

OWNER = frozenset({"owner"})
PARTY = frozenset({"party"})
MEMBER = frozenset({"member"})
COORDINATOR = frozenset({"coordinator"})
RECUSED = frozenset({"recused coordinator"})
KEEPERS = COORDINATORS | FOCAL_POINTS
ANSWERING = KEEPERS | OWNER

_KEPT = {"promise": KEEPERS, "promise draft": KEEPERS}
_ANSWERED = {"promise": ANSWERING, "promise draft": KEEPERS}
_NOT_KEPT = {"promise": MEMBERS - KEEPERS}
_NOT_ANSWERED = {"promise": MEMBERS - ANSWERING}

_PLACE = "/commitments/<code>"
_MILESTONE = f"{_PLACE}/milestones/<int:number>"
_OFFER = "/commitments/handovers/<public_id>"
_PIECE = "/coordinate/commitments/<public_id>"

_BY_KEEPERS = (
    f"GET,POST {_PLACE}/edit",
    f"GET,POST {_PLACE}/events",
    f"GET,POST {_PLACE}/end",
    f"GET,POST {_PLACE}/discard",
    f"POST {_PLACE}/publish",
    f"POST {_PLACE}/resume",
    f"GET,POST {_PLACE}/milestones/new",
    f"GET,POST {_MILESTONE}/edit",
    f"GET,POST {_MILESTONE}/measure",
    f"POST {_MILESTONE}/remove",
    f"GET,POST {_PLACE}/assessments/irm/new",
)
_BY_ANSWERING = (
    f"GET {_PLACE}/keep",
    f"GET,POST {_MILESTONE}/move",
    f"GET,POST {_MILESTONE}/postpone",
    f"GET,POST {_PLACE}/assessments/self/new",
)

_ROWS: dict[str, dict[str, frozenset[str]]] = {
    f"GET {_PLACE}": {"promise": EVERYBODY, "promise draft": KEEPERS},
    **dict.fromkeys(_BY_KEEPERS, _KEPT),
    **dict.fromkeys(_BY_ANSWERING, _ANSWERED),
    f"POST {_PLACE}/events/<public_id>/remove": {"promise event": KEEPERS},
    f"GET,POST {_PLACE}/assessments/<public_id>/withdraw": {"assessment": KEEPERS},
    f"GET,POST {_PLACE}/evidence/new": {"promise": MEMBERS, "promise draft": NOBODY},
    f"POST {_PLACE}/evidence/<public_id>/withdraw": {"promise evidence": MEMBER},
    f"GET,POST {_PLACE}/hand-over": {"promise": ANSWERING, "promise draft": NOBODY},
    f"GET {_OFFER}": {"handover": ANSWERING | PARTY},
    f"POST {_OFFER}/accept": {"handover": PARTY},
    f"POST {_OFFER}/decline": {"handover": PARTY},
    f"POST {_OFFER}/withdraw": {"handover": ANSWERING},
    f"GET {_PIECE}": {"promise evidence": COORDINATOR},
    f"POST {_PIECE}/<action>": {"promise evidence": COORDINATOR},
    f"GET,POST {_PIECE}/recuse": {"promise evidence": COORDINATOR},
}

_STOPS: dict[str, dict[str, frozenset[str]]] = {
    **dict.fromkeys(_BY_KEEPERS, _NOT_KEPT),
    **dict.fromkeys(_BY_ANSWERING, _NOT_ANSWERED),
    f"POST {_PLACE}/events/<public_id>/remove": {"promise event": MEMBERS - KEEPERS},
    f"GET,POST {_PLACE}/assessments/<public_id>/withdraw": {"assessment": MEMBERS - KEEPERS},
    f"GET,POST {_PLACE}/hand-over": _NOT_ANSWERED,
    f"POST {_OFFER}/accept": {"handover": ANSWERING},
    f"POST {_OFFER}/decline": {"handover": ANSWERING},
    f"POST {_OFFER}/withdraw": {"handover": PARTY},
    f"GET {_PIECE}": {"promise evidence": RECUSED},
    f"POST {_PIECE}/<action>": {"promise evidence": RECUSED},
    f"GET,POST {_PIECE}/recuse": {"promise evidence": RECUSED},
}

COMMITMENT_THINGS = by_verb(_ROWS)
COMMITMENT_STOPPED = by_verb(_STOPS)
