"""Who comes through the doors of showcases and of calendars, written by hand; the routes of all else are in `table`."""

from tests.architecture.access.viewers import COORDINATORS, EVERYBODY, MEMBERS, doors_of

_OF_EVERYBODY = """
GET /calendar/<secret>.ics
GET /showcases
GET /showcases.ics
GET /showcases/<slug>
GET /showcases/<slug>.ics
GET /showcases/<slug>/programme
GET /showcases/<slug>/programme.ics
GET,POST /showcases/<slug>/register
GET /showcases/<slug>/register/sent
GET /showcases/<slug>/report
GET /showcases/<slug>/report.csv
GET /showcases/<slug>/slots/<slot_id>
GET /showcases/<slug>/slots/<slot_id>.ics
GET /showcases/entries/<entry_id>/materials/<material_id>
GET /showcases/guest
GET /showcases/guest/attendees
GET,POST /showcases/guest/cancel
GET,POST /showcases/guest/change
POST /showcases/guest/confirm
POST /showcases/guest/slots/<slot_id>/leave
POST /showcases/guest/slots/<slot_id>/seat
"""

_OF_MEMBERS = """
GET /account/calendar
POST /account/calendar/make
POST /account/calendar/revoke
GET /showcases/<slug>/attendees
GET /showcases/<slug>/entries/<entry_id>
POST /showcases/<slug>/entries/<entry_id>/confirm
GET,POST /showcases/<slug>/entries/<entry_id>/discard
GET,POST /showcases/<slug>/entries/<entry_id>/edit
GET,POST /showcases/<slug>/entries/<entry_id>/materials
POST /showcases/<slug>/entries/<entry_id>/materials/<material_id>/remove
GET,POST /showcases/<slug>/entries/<entry_id>/presenters
POST /showcases/<slug>/entries/<entry_id>/presenters/<presenter_id>/confirm
POST /showcases/<slug>/entries/<entry_id>/presenters/<presenter_id>/remove
GET,POST /showcases/<slug>/entries/<entry_id>/presenters/<presenter_id>/step-back
POST /showcases/<slug>/entries/<entry_id>/propose
GET,POST /showcases/<slug>/entries/<entry_id>/step-back
GET,POST /showcases/<slug>/entries/<entry_id>/withdraw
GET,POST /showcases/<slug>/propose
GET /showcases/<slug>/registration
GET,POST /showcases/<slug>/registration/cancel
GET,POST /showcases/<slug>/registration/change
POST /showcases/<slug>/slots/<slot_id>/seat
POST /showcases/<slug>/slots/<slot_id>/seat/leave
GET,POST /showcases/<slug>/slots/<slot_id>/talk
GET /showcases/mine
GET /showcases/propose
"""

_OF_COORDINATORS = """
GET /coordinate/showcases
GET /coordinate/showcases/<slug>
GET,POST /coordinate/showcases/<slug>/cancel
GET /coordinate/showcases/<slug>/check-in
GET /coordinate/showcases/<slug>/check-in/<code>
GET,POST /coordinate/showcases/<slug>/close-call
GET,POST /coordinate/showcases/<slug>/decide-several
GET,POST /coordinate/showcases/<slug>/discard
GET /coordinate/showcases/<slug>/entries
GET /coordinate/showcases/<slug>/entries/<entry_id>
GET,POST /coordinate/showcases/<slug>/entries/<entry_id>/decide
POST /coordinate/showcases/<slug>/entries/<entry_id>/end-feature
GET,POST /coordinate/showcases/<slug>/entries/<entry_id>/feature
POST /coordinate/showcases/<slug>/entries/<entry_id>/move-up
GET,POST /coordinate/showcases/<slug>/entries/<entry_id>/recuse
POST /coordinate/showcases/<slug>/entries/<entry_id>/remark
POST /coordinate/showcases/<slug>/entries/<entry_id>/score
POST /coordinate/showcases/<slug>/entries/<entry_id>/undo-decision
POST /coordinate/showcases/<slug>/features/<proposal_id>/approve
GET,POST /coordinate/showcases/<slug>/features/<proposal_id>/decline
POST /coordinate/showcases/<slug>/features/<proposal_id>/withdraw
POST /coordinate/showcases/<slug>/join
GET,POST /coordinate/showcases/<slug>/leave
GET,POST /coordinate/showcases/<slug>/narrow
POST /coordinate/showcases/<slug>/open-call
GET,POST /coordinate/showcases/<slug>/parts/<key>
GET,POST /coordinate/showcases/<slug>/presence
GET,POST /coordinate/showcases/<slug>/presence/<entry_id>/miss
POST /coordinate/showcases/<slug>/presence/<entry_id>/present
GET /coordinate/showcases/<slug>/preview
GET /coordinate/showcases/<slug>/programme
GET,POST /coordinate/showcases/<slug>/programme/entries/<entry_id>
GET /coordinate/showcases/<slug>/programme/preview
GET,POST /coordinate/showcases/<slug>/programme/publish
GET,POST /coordinate/showcases/<slug>/programme/rooms
GET,POST /coordinate/showcases/<slug>/programme/rooms/<room_id>
POST /coordinate/showcases/<slug>/programme/rooms/<room_id>/remove
POST /coordinate/showcases/<slug>/programme/share
GET,POST /coordinate/showcases/<slug>/programme/slots/<slot_id>
POST /coordinate/showcases/<slug>/programme/slots/<slot_id>/empty
GET,POST /coordinate/showcases/<slug>/programme/slots/<slot_id>/place
POST /coordinate/showcases/<slug>/programme/slots/<slot_id>/remove
GET,POST /coordinate/showcases/<slug>/programme/slots/every
GET,POST /coordinate/showcases/<slug>/programme/slots/new
GET,POST /coordinate/showcases/<slug>/programme/tracks
GET,POST /coordinate/showcases/<slug>/programme/tracks/<track_id>
POST /coordinate/showcases/<slug>/programme/tracks/<track_id>/remove
GET /coordinate/showcases/<slug>/progress
GET /coordinate/showcases/<slug>/ranking
POST /coordinate/showcases/<slug>/ranking/export
POST /coordinate/showcases/<slug>/record
GET /coordinate/showcases/<slug>/registrations
POST /coordinate/showcases/<slug>/registrations/<registration_id>/approve
POST /coordinate/showcases/<slug>/registrations/<registration_id>/check-in
GET,POST /coordinate/showcases/<slug>/registrations/<registration_id>/decline
POST /coordinate/showcases/<slug>/registrations/<registration_id>/undo-check-in
POST /coordinate/showcases/<slug>/registrations/export
GET /coordinate/showcases/<slug>/registrations/print
GET,POST /coordinate/showcases/<slug>/reopen-call
GET,POST /coordinate/showcases/<slug>/report
GET,POST /coordinate/showcases/<slug>/send
GET,POST /coordinate/showcases/new
"""

SHOWCASE_DOORS = {
    **doors_of(_OF_EVERYBODY, EVERYBODY),
    **doors_of(_OF_MEMBERS, MEMBERS),
    **doors_of(_OF_COORDINATORS, COORDINATORS),
}
