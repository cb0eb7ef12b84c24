"""The people of one record with a browser each."""

from tests.web.catalogue.conftest import colleague, coordinator, partner, scene

__all__ = ["colleague", "coordinator", "partner", "scene"]
