"""Who comes through the doors of suggestions and introductions, written by hand; all other routes are in `table`."""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, MEMBERS, doors_of

_OF_MEMBERS = """
POST /collaboration/<public_id>/invite
GET /introductions
GET /introductions/<public_id>
POST /introductions/<public_id>/accept
POST /introductions/<public_id>/block
POST /introductions/<public_id>/decline
POST /introductions/<public_id>/withdraw
GET,POST /introductions/ask/<public_id>
GET /introductions/sent
GET /matches
GET /matches/country
GET,POST /matches/dismiss
GET /matches/dismissed
POST /matches/dismissed/<public_id>/restore
GET /matches/find
GET /matches/innovations
GET /matches/organisations
GET /matches/people
GET /matches/requests
GET,POST /matches/weights
GET /matches/why
"""

_OF_COORDINATORS = """
GET /coordinate/fairness
POST /coordinate/fairness/export
GET,POST /coordinate/fairness/floor
GET /coordinate/introductions
GET /coordinate/needs
"""

MATCHING_DOORS = {
    "GET /matches/method": EVERYBODY,
    **doors_of(_OF_MEMBERS, MEMBERS),
    **doors_of(_OF_COORDINATORS, COORDINATORS),
}
