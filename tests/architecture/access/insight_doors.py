"""Who comes through the doors of insights and metrics, written by hand; everybody does."""

from tests.architecture.access.viewers import EVERYBODY, doors_of

_OF_EVERYBODY = """
GET /insights
GET /insights/<chart>.csv
GET /insights/<chart>.json
GET /insights/metrics
GET /insights/metrics.csv
GET /insights/metrics.json
GET /insights/metrics/<key>
GET /insights/metrics/<key>.csv
GET /insights/metrics/<key>.json
"""

INSIGHT_DOORS = doors_of(_OF_EVERYBODY, EVERYBODY)
