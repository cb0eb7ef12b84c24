"""Everybody who takes part, and a count of the queries that a page asks."""

from tests.web.catalogue.conftest import browser_of, cast, queries

__all__ = ["browser_of", "cast", "queries"]
