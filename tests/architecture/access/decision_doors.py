"""Who comes through the doors of what proves the audit log, written by hand; everybody does."""

from tests.architecture.access.viewers import EVERYBODY, doors_of

_OF_EVERYBODY = """
GET /decisions
GET /decisions.csv
GET /decisions.json
GET /decisions/checkpoint
GET /decisions/checkpoints
GET /decisions/checkpoints.txt
GET /decisions/key
GET /decisions/log
"""

DECISION_DOORS = doors_of(_OF_EVERYBODY, EVERYBODY)
