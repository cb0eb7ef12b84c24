"""The routes of the running application, as the tests of its shape see them."""

from tests.architecture.conftest import routes

__all__ = ["routes"]
