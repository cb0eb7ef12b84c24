"""Who reaches one particular showcase, entry, slot or registration, written by hand, as in `things`.

The owner acts for the agency that proposes entries, the member presents them and has a place at the published
showcase; coordinator and recused coordinator are on the teams, and the recused one belongs to the agency.
"""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, MEMBERS, NOBODY, by_verb

OWNER = frozenset({"owner"})
MEMBER = frozenset({"member"})
POLICE = frozenset({"law enforcement"})
COORDINATOR = frozenset({"coordinator"})
SIDE = OWNER | MEMBER

_SHOWN = {
    "showcase draft": COORDINATORS,
    "draft of another team": NOBODY,
    "open showcase": EVERYBODY,
    "showcase of another team": MEMBERS,
    # the coordinator is on its team; the recused one is neither on it nor in its audience
    "showcase for police": POLICE | COORDINATOR,
}
_PROGRAMMES = {
    "decided showcase": NOBODY,
    "published showcase": EVERYBODY,
    "showcase for police": POLICE | COORDINATOR,
}
_SLOTS = {
    "slot": EVERYBODY,
    "unsure slot": NOBODY,
    "slot for police": POLICE,
    "free slot": NOBODY,
    "stray slot": NOBODY,
}
_DRAFT = {"entry draft": OWNER, "open entry": OWNER, "entry for another team": OWNER}
_ANSWERED = {"accepted entry": OWNER, "unsure entry": OWNER, "entry for police": NOBODY}

_SHOWCASE = "/showcases/<slug>"
_ENTRY = f"{_SHOWCASE}/entries/<entry_id>"
_PRESENTER = f"{_ENTRY}/presenters/<presenter_id>"
_SLOT = f"{_SHOWCASE}/slots/<slot_id>"

_ROWS: dict[str, dict[str, frozenset[str]]] = {
    f"GET {_SHOWCASE}": _SHOWN,
    f"GET {_SHOWCASE}.ics": _SHOWN,
    f"GET {_SHOWCASE}/programme": _PROGRAMMES,
    f"GET {_SHOWCASE}/programme.ics": _PROGRAMMES,
    f"GET {_SHOWCASE}/report": {"past showcase": EVERYBODY, "published showcase": NOBODY},
    f"GET {_SHOWCASE}/report.csv": {"past showcase": EVERYBODY, "published showcase": NOBODY},
    f"GET {_SLOT}": _SLOTS,
    f"GET {_SLOT}.ics": _SLOTS,
    f"GET,POST {_SLOT}/talk": {
        "slot": MEMBERS,
        "unsure slot": NOBODY,
        "slot for police": POLICE,
    },
    # the member has a place and so takes seats, the coordinator asked for one; others are told that they need one
    f"POST {_SLOT}/seat": {"slot": MEMBERS, "slot for police": POLICE | COORDINATOR, "stray slot": NOBODY},
    f"POST {_SLOT}/seat/leave": {"slot": MEMBER | COORDINATOR},
    f"GET,POST {_SHOWCASE}/register": _SHOWN,
    f"GET {_SHOWCASE}/register/sent": {
        "open showcase": EVERYBODY,
        "showcase of another team": NOBODY,
    },
    f"GET {_SHOWCASE}/registration": {"published showcase": MEMBER | COORDINATOR, "open showcase": NOBODY},
    f"GET,POST {_SHOWCASE}/registration/cancel": {"published showcase": MEMBER | COORDINATOR},
    f"GET,POST {_SHOWCASE}/registration/change": {"published showcase": MEMBER | COORDINATOR},
    f"GET {_SHOWCASE}/attendees": {
        "published showcase": MEMBER | COORDINATORS,
        "showcase of another team": NOBODY,
        "showcase for police": COORDINATOR,
    },
    f"GET,POST {_SHOWCASE}/propose": {
        "showcase draft": COORDINATORS,
        "draft of another team": NOBODY,
        "open showcase": MEMBERS,
        "showcase for police": POLICE | COORDINATOR,
    },
    # an entry is read by its side, its presenters and those who judge it; others by what the programme shows
    f"GET {_ENTRY}": {
        "entry draft": OWNER,
        "open entry": SIDE | COORDINATOR,
        "entry for another team": SIDE,
        "judged entry": SIDE | COORDINATOR,
        "unsure entry": SIDE | COORDINATOR,
        "shown entry": MEMBERS,
        # who proposed it is outside its audience by now
        "entry for police": POLICE | COORDINATOR,
    },
    f"GET,POST {_ENTRY}/edit": _DRAFT,
    f"GET,POST {_ENTRY}/discard": _DRAFT,
    f"POST {_ENTRY}/propose": _DRAFT,
    f"GET,POST {_ENTRY}/withdraw": {"open entry": OWNER, "judged entry": OWNER},
    f"POST {_ENTRY}/confirm": _ANSWERED,
    f"GET,POST {_ENTRY}/step-back": _ANSWERED,
    f"GET,POST {_ENTRY}/presenters": _ANSWERED,
    f"POST {_PRESENTER}/remove": {"presenter": OWNER},
    f"POST {_PRESENTER}/confirm": {"presenter": MEMBER},
    f"GET,POST {_PRESENTER}/step-back": {"presenter": MEMBER},
    f"GET,POST {_ENTRY}/materials": {"shown entry": SIDE, "shown foreign entry": NOBODY},
    f"POST {_ENTRY}/materials/<material_id>/remove": {"slides": SIDE},
    "GET /showcases/entries/<entry_id>/materials/<material_id>": {"slides": EVERYBODY},
    "GET /calendar/<secret>.ics": {"calendar": EVERYBODY},
    # what a guest reads hangs on a signed link, which none of these has
    "POST /showcases/guest/slots/<slot_id>/seat": {"slot": NOBODY},
    "POST /showcases/guest/slots/<slot_id>/leave": {"slot": NOBODY},
}

_STOPS: dict[str, dict[str, frozenset[str]]] = {
    # only they answer who are named
    f"POST {_PRESENTER}/confirm": {"presenter": OWNER},
    f"GET,POST {_PRESENTER}/step-back": {"presenter": OWNER},
}

SHOWCASE_THINGS = by_verb(_ROWS)
SHOWCASE_STOPPED = by_verb(_STOPS)
