"""What tests of making a showcase say of one."""

from datetime import timedelta

from hub.core.clock import now
from hub.showcases.making.details import (
    Call,
    Days,
    Measure,
    Place,
    Registering,
    ShowcaseDetails,
    Sponsors,
)
from hub.showcases.making.service import begin_showcase, save_showcase
from hub.showcases.models import Attendance
from tests.collaboration.acts import did
from tests.showcases.scenes import EVERYBODY

PARIS = Place(
    attendance=Attendance.HYBRID,
    time_zone="Europe/Paris",
    country="FR",
    city="Paris",
    venue="Palais d’Iéna",
    online_url="https://meet.example.org/stage",
)
BEGINNING = ShowcaseDetails(name="Innovation stage", host_event="OGP Summit", language="en-GB", place=PARIS)


def begun(curator, details=BEGINNING, **named):
    """Begin a draft."""
    return did(begin_showcase, curator, details, **named)


def save(curator, showcase, *, version=None, **said):
    """Save some fields; return whether anything changed."""
    version = showcase.version if version is None else version
    return did(save_showcase, curator, showcase, ShowcaseDetails(**said), version=version)


def everything(**changes):
    """Return all that a showcase needs besides its name and place."""
    moment = now().replace(second=0, microsecond=0)
    starts_at = moment + timedelta(days=60)
    return {
        "summary": "Twelve innovations in an afternoon.",
        "description": "People who run them show them.",
        "days": Days(starts_at, starts_at + timedelta(hours=8)),
        "accessibility": "Step-free entrance.",
        "languages": ("en", "fr"),
        "sponsors": Sponsors(are_none=True),
        "readership": EVERYBODY,
        "call": Call("We look for what has been tried.", moment, moment + timedelta(days=30)),
        "criteria": (Measure("Evidence", "Figures from its use.", 3), Measure("Can be replicated", "", 2)),
        "registering": Registering(moment, starts_at, capacity=100),
        **changes,
    }
