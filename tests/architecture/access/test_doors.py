"""Who comes through which door: the table of every route is compared with the running application."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from hub.core.clock import now
from hub.members.models import SignInSession
from tests.architecture.access.table import ASKS_PASSWORD, DOORS
from tests.architecture.access.viewers import EVERYBODY, SIGNED_IN, WITHHELD
from tests.architecture.access.world import make_people
from tests.factories import make_organisation
from tests.web.client import NaggingClient

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

ROLES_ONLY = frozenset(
    route for route, reached in DOORS.items() if reached <= {name for name in EVERYBODY if name in reached}
)

PLACES = {
    "<slug>": "some-thing",
    "<key>": "name",
    "<path:filename>": "css/base.css",
    "<public_id>": "23456789abcdefghjkmnpq",
    "<int:number>": "1",
    "<language>": "ka",
    "<code>": "GE",
    "<kind>": "claims",
    "<format>": "csv",
    "<name>": "some-mail.eml",
}
