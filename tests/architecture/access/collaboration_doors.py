"""Who comes through the doors of collaboration, written by hand; the routes of everything else stand in `table`."""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, MEMBERS, SIGNED_IN, VERIFIERS, doors_of

_OF_MEMBERS = """
GET,POST /collaboration/<public_id>/cancel
GET,POST /collaboration/<public_id>/discard
GET,POST /collaboration/<public_id>/extend
GET,POST /collaboration/<public_id>/questions/<question_id>/answer
GET,POST /collaboration/<public_id>/questions/<question_id>/set-aside
GET,POST /collaboration/<public_id>/refuse
GET,POST /collaboration/<public_id>/reopen
GET,POST /collaboration/<public_id>/requirements
GET,POST /collaboration/<public_id>/respond
GET,POST /collaboration/<public_id>/responses/<response_id>/accept
GET,POST /collaboration/<public_id>/responses/<response_id>/answers
GET,POST /collaboration/<public_id>/responses/<response_id>/conversation/call
GET,POST /collaboration/<public_id>/responses/<response_id>/conversation/messages/<message_id>/report
GET,POST /collaboration/<public_id>/responses/<response_id>/decline
GET,POST /collaboration/<public_id>/responses/<response_id>/discard
GET,POST /collaboration/<public_id>/responses/<response_id>/offer
GET,POST /collaboration/<public_id>/responses/<response_id>/outcome
GET,POST /collaboration/<public_id>/responses/<response_id>/outcomes/<outcome_id>/dispute
GET,POST /collaboration/<public_id>/responses/<response_id>/outcomes/<outcome_id>/replication
GET,POST /collaboration/<public_id>/responses/<response_id>/outcomes/<outcome_id>/revise
GET,POST /collaboration/<public_id>/responses/<response_id>/partnership/steps/<step_id>
GET,POST /collaboration/<public_id>/responses/<response_id>/withdraw
GET,POST /collaboration/<public_id>/withdraw
GET,POST /collaboration/<public_id>/draft/<key>
GET,POST /collaboration/new
GET /collaboration/<public_id>/draft
GET /collaboration/<public_id>/draft/check
GET /collaboration/<public_id>/responses
GET /collaboration/<public_id>/responses/<response_id>
GET /collaboration/<public_id>/responses/<response_id>/conversation
GET /collaboration/<public_id>/responses/<response_id>/conversation/files/<file_id>
GET /collaboration/<public_id>/responses/<response_id>/partnership
GET /collaboration/mine
POST /collaboration/<public_id>/ask
POST /collaboration/<public_id>/copy
POST /collaboration/<public_id>/questions/<question_id>/withdraw
POST /collaboration/<public_id>/requirements/withdraw
POST /collaboration/<public_id>/responses/<response_id>/conversation/call/withdraw
POST /collaboration/<public_id>/responses/<response_id>/conversation/leave
POST /collaboration/<public_id>/responses/<response_id>/conversation/message
POST /collaboration/<public_id>/responses/<response_id>/conversation/raise
POST /collaboration/<public_id>/responses/<response_id>/conversation/receipts
POST /collaboration/<public_id>/responses/<response_id>/conversation/return
POST /collaboration/<public_id>/responses/<response_id>/outcomes/<outcome_id>/agree
POST /collaboration/<public_id>/responses/<response_id>/partnership/steps
POST /collaboration/<public_id>/responses/<response_id>/partnership/steps/<step_id>/finish
POST /collaboration/<public_id>/responses/<response_id>/partnership/steps/<step_id>/move
POST /collaboration/<public_id>/responses/<response_id>/partnership/steps/<step_id>/remove
POST /collaboration/<public_id>/responses/<response_id>/partnership/steps/<step_id>/reopen
POST /collaboration/<public_id>/responses/<response_id>/shortlist
POST /collaboration/<public_id>/responses/<response_id>/submit
POST /collaboration/<public_id>/responses/<response_id>/unshortlist
POST /collaboration/<public_id>/responses/export
POST /collaboration/<public_id>/send
POST /collaboration/<public_id>/start
POST /collaboration/<public_id>/submit
"""

_OF_COORDINATORS = """
GET /coordinate/calls/<public_id>
GET,POST /coordinate/calls/<public_id>/recuse
POST /coordinate/calls/<public_id>/answer
POST /coordinate/calls/<public_id>/release
POST /coordinate/calls/<public_id>/take
GET /coordinate/requests/<public_id>
GET,POST /coordinate/requests/<public_id>/recuse
POST /coordinate/requests/<public_id>/decline
POST /coordinate/requests/<public_id>/publish
POST /coordinate/requests/<public_id>/release
POST /coordinate/requests/<public_id>/request-changes
POST /coordinate/requests/<public_id>/take
GET /coordinate/requirements/<public_id>
GET,POST /coordinate/requirements/<public_id>/recuse
POST /coordinate/requirements/<public_id>/approve
POST /coordinate/requirements/<public_id>/decline
POST /coordinate/requirements/<public_id>/release
POST /coordinate/requirements/<public_id>/take
"""


COLLABORATION_DOORS = {
    "GET /account/time-zone": SIGNED_IN,
    "POST /account/time-zone": SIGNED_IN,
    "GET /collaboration": EVERYBODY,
    "GET /collaboration/<public_id>": EVERYBODY,
    "GET /collaboration/case": EVERYBODY,
    "GET /feeds/collaboration.atom": EVERYBODY,
    # focal points see what waits in their countries
    "GET /coordinate/collaboration": VERIFIERS,
    "GET /coordinate/collaboration/answers": VERIFIERS,
    **doors_of(_OF_MEMBERS, MEMBERS),
    **doors_of(_OF_COORDINATORS, COORDINATORS),
}
