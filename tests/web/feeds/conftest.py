"""Everybody who takes part."""

from tests.web.catalogue.conftest import browser_of, cast

__all__ = ["browser_of", "cast"]
