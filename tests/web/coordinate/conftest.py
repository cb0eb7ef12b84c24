"""The people of one record with a browser each."""

from tests.web.catalogue.conftest import browser_of, cast, colleague, coordinator, partner, queries, scene

__all__ = ["browser_of", "cast", "colleague", "coordinator", "partner", "queries", "scene"]
