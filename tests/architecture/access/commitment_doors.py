"""Who comes through the doors of commitments, written by hand."""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, MEMBERS, VERIFIERS, doors_of

_OF_EVERYBODY = """
GET /commitments
GET /commitments.csv
GET /commitments/<code>
"""

_OF_MEMBERS = """
GET,POST /commitments/<code>/assessments/<public_id>/withdraw
GET,POST /commitments/<code>/assessments/irm/new
GET,POST /commitments/<code>/assessments/self/new
GET,POST /commitments/<code>/discard
GET,POST /commitments/<code>/edit
GET,POST /commitments/<code>/end
GET,POST /commitments/<code>/events
POST /commitments/<code>/events/<public_id>/remove
POST /commitments/<code>/evidence/<public_id>/withdraw
GET,POST /commitments/<code>/evidence/new
GET,POST /commitments/<code>/hand-over
GET /commitments/<code>/keep
GET,POST /commitments/<code>/milestones/<int:number>/edit
GET,POST /commitments/<code>/milestones/<int:number>/measure
GET,POST /commitments/<code>/milestones/<int:number>/move
GET,POST /commitments/<code>/milestones/<int:number>/postpone
POST /commitments/<code>/milestones/<int:number>/remove
GET,POST /commitments/<code>/milestones/new
POST /commitments/<code>/publish
POST /commitments/<code>/resume
GET /commitments/handovers/<public_id>
POST /commitments/handovers/<public_id>/accept
POST /commitments/handovers/<public_id>/decline
POST /commitments/handovers/<public_id>/withdraw
GET /commitments/mine
"""

_OF_KEEPERS = """
GET,POST /commitments/import
POST /commitments/import/confirm
GET /commitments/import/template.csv
GET,POST /commitments/new
"""

_OF_COORDINATORS = """
GET /coordinate/commitments
GET /coordinate/commitments/<public_id>
POST /coordinate/commitments/<public_id>/<action>
GET,POST /coordinate/commitments/<public_id>/recuse
"""

COMMITMENT_DOORS = {
    **doors_of(_OF_EVERYBODY, EVERYBODY),
    **doors_of(_OF_MEMBERS, MEMBERS),
    **doors_of(_OF_KEEPERS, VERIFIERS),
    **doors_of(_OF_COORDINATORS, COORDINATORS),
}
