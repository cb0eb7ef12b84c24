"""What the features below insights tell the register; those above it have sources of their own."""

from hub.insights.register.sources.collaborating import REQUESTS
from hub.insights.register.sources.organising import ORGANISATIONS
from hub.insights.register.sources.proving import PROOFS
from hub.insights.register.sources.recording import INNOVATIONS
from hub.insights.register.sources.showing import SHOWCASES

SOURCES = (INNOVATIONS, PROOFS, REQUESTS, SHOWCASES, ORGANISATIONS)

__all__ = ["SOURCES"]
