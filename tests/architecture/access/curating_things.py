"""Who of the coordinators reaches one particular showcase, entry, slot or registration on the pages of its team.

Coordinator and recused coordinator are on the teams, and the recused one belongs to the agency that proposes entries.
"""

from tests.architecture.access.viewers import COORDINATORS, NOBODY, by_verb

COORDINATOR = frozenset({"coordinator"})
RECUSED = frozenset({"recused coordinator"})

_OURS = {"open showcase": COORDINATORS, "showcase of another team": NOBODY}
_DRAFTS = {"showcase draft": COORDINATORS, "draft of another team": NOBODY}
_ANY = {**_DRAFTS, **_OURS, "showcase for police": COORDINATOR}
_REVIEWED = {"showcase under review": COORDINATORS, "showcase of another team": NOBODY}
_JUDGED = {
    "judged entry": COORDINATOR,
    "judged foreign entry": COORDINATORS,
    "entry draft": NOBODY,
    "entry for another team": NOBODY,
}
_PLACED = {
    "accepted entry": COORDINATOR,
    "accepted foreign entry": COORDINATORS,
    "waiting entry": NOBODY,
}
_SLOTS = {
    "free slot": COORDINATORS,
    "slot": COORDINATOR,
    "foreign slot": COORDINATORS,
    "stray slot": NOBODY,
    "slot for police": COORDINATOR,
}
_PRESENT = {"past entry": COORDINATOR, "shown entry": NOBODY}
_FEATURES = {"feature": COORDINATOR}
_REGISTRATIONS = {"registration": COORDINATORS, "stray registration": NOBODY}
_ASKED = {"asked": COORDINATORS, "own registration": RECUSED}
_PLANNED = {
    "decided showcase": COORDINATORS,
    "published showcase": COORDINATORS,
    "showcase of another team": NOBODY,
}

_SHOWCASE = "/coordinate/showcases/<slug>"
_ENTRY = f"{_SHOWCASE}/entries/<entry_id>"
_FEATURE = f"{_SHOWCASE}/features/<proposal_id>"
_PROGRAMME = f"{_SHOWCASE}/programme"
_SLOT = f"{_PROGRAMME}/slots/<slot_id>"
_REGISTRATION = f"{_SHOWCASE}/registrations/<registration_id>"

_ROWS: dict[str, dict[str, frozenset[str]]] = {
    # the showcase itself
    f"GET {_SHOWCASE}": _ANY,
    f"GET {_SHOWCASE}/preview": _ANY,
    f"GET,POST {_SHOWCASE}/parts/<key>": _ANY,
    f"GET,POST {_SHOWCASE}/leave": _ANY,
    f"GET,POST {_SHOWCASE}/discard": _DRAFTS,
    f"POST {_SHOWCASE}/open-call": _DRAFTS,
    f"POST {_SHOWCASE}/record": _DRAFTS,
    f"GET,POST {_SHOWCASE}/close-call": _OURS,
    f"GET,POST {_SHOWCASE}/narrow": _OURS,
    f"GET,POST {_SHOWCASE}/cancel": _OURS,
    f"GET,POST {_SHOWCASE}/reopen-call": _REVIEWED,
    # whoever sees it may join; who did is told so
    f"POST {_SHOWCASE}/join": {
        "showcase of another team": COORDINATORS,
        "draft of another team": NOBODY,
        "showcase for police": COORDINATOR,
    },
    # review: of an entry that they have a conflict with they find nothing
    f"GET {_SHOWCASE}/entries": _REVIEWED,
    f"GET {_SHOWCASE}/progress": _REVIEWED,
    f"GET {_SHOWCASE}/ranking": _REVIEWED,
    f"POST {_SHOWCASE}/ranking/export": _REVIEWED,
    f"GET,POST {_SHOWCASE}/decide-several": _REVIEWED,
    f"GET,POST {_SHOWCASE}/send": _REVIEWED,
    f"GET {_ENTRY}": _JUDGED,
    f"POST {_ENTRY}/score": _JUDGED,
    f"POST {_ENTRY}/remark": {"judged entry": COORDINATOR, "judged foreign entry": RECUSED},
    f"GET,POST {_ENTRY}/recuse": _JUDGED,
    f"GET,POST {_ENTRY}/decide": _JUDGED,
    f"POST {_ENTRY}/undo-decision": _JUDGED,
    f"POST {_ENTRY}/move-up": {"waiting entry": COORDINATOR},
    f"GET,POST {_ENTRY}/feature": {"shown entry": COORDINATOR, "shown foreign entry": COORDINATORS},
    f"POST {_ENTRY}/end-feature": {"shown entry": COORDINATOR, "shown foreign entry": COORDINATORS},
    f"POST {_FEATURE}/approve": _FEATURES,
    f"GET,POST {_FEATURE}/decline": _FEATURES,
    f"POST {_FEATURE}/withdraw": {"own feature": COORDINATOR, "feature": NOBODY},
    # the programme
    f"GET {_PROGRAMME}": _PLANNED,
    f"GET {_PROGRAMME}/preview": _PLANNED,
    f"GET,POST {_PROGRAMME}/publish": _PLANNED,
    f"POST {_PROGRAMME}/share": _PLANNED,
    f"GET,POST {_PROGRAMME}/rooms": _PLANNED,
    f"GET,POST {_PROGRAMME}/tracks": _PLANNED,
    f"GET,POST {_PROGRAMME}/slots/new": _PLANNED,
    f"GET,POST {_PROGRAMME}/slots/every": _PLANNED,
    f"GET,POST {_PROGRAMME}/entries/<entry_id>": _PLACED,
    f"GET,POST {_SLOT}": _SLOTS,
    # that a slot is taken, and by nothing they may hear of, is told to who wants to fill it
    f"GET,POST {_SLOT}/place": _SLOTS,
    f"POST {_SLOT}/empty": _SLOTS,
    f"POST {_SLOT}/remove": _SLOTS,
    f"GET,POST {_PROGRAMME}/rooms/<room_id>": {"room": COORDINATORS},
    f"POST {_PROGRAMME}/rooms/<room_id>/remove": {"room": COORDINATORS},
    f"GET,POST {_PROGRAMME}/tracks/<track_id>": {"track": COORDINATORS},
    f"POST {_PROGRAMME}/tracks/<track_id>/remove": {"track": COORDINATORS},
    # registrations
    f"GET {_SHOWCASE}/registrations": _OURS,
    f"GET {_SHOWCASE}/registrations/print": _OURS,
    f"POST {_SHOWCASE}/registrations/export": _OURS,
    f"GET {_SHOWCASE}/check-in": _OURS,
    # at the entrance a code of no registration is told to be one: `test_showcases` of the leaks compares these pages
    f"GET {_SHOWCASE}/check-in/<code>": {"registration": COORDINATORS},
    f"POST {_REGISTRATION}/approve": _ASKED,
    f"GET,POST {_REGISTRATION}/decline": _ASKED,
    f"POST {_REGISTRATION}/check-in": _REGISTRATIONS,
    f"POST {_REGISTRATION}/undo-check-in": _REGISTRATIONS,
    # afterwards
    f"GET,POST {_SHOWCASE}/presence": {"past showcase": COORDINATORS, "published showcase": NOBODY},
    f"GET,POST {_SHOWCASE}/presence/<entry_id>/miss": _PRESENT,
    f"POST {_SHOWCASE}/presence/<entry_id>/present": _PRESENT,
    f"GET,POST {_SHOWCASE}/report": {"past showcase": COORDINATORS, "published showcase": NOBODY},
}

_STOPS: dict[str, dict[str, frozenset[str]]] = {
    # who did not score yet reads nobody's words and says none
    f"POST {_ENTRY}/remark": {"judged foreign entry": COORDINATOR},
    # nobody lets themselves in
    f"POST {_REGISTRATION}/approve": {"own registration": COORDINATOR},
    f"GET,POST {_REGISTRATION}/decline": {"own registration": COORDINATOR},
}

CURATING_THINGS = by_verb(_ROWS)
CURATING_STOPPED = by_verb(_STOPS)
