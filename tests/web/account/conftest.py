"""People with second factors, and the ways they take through the pages."""

import pytest

from tests.codes import give_totp
from tests.factories import PASSWORD, make_member
from tests.web.client import sign_in

ADDRESS = "nino@test.example"


@pytest.fixture
def key(app):
    """The secret key of the instance."""
    return app.extensions["hub"].settings.secret_key()


@pytest.fixture
def nino(database):
    """A member without any second factor."""
    return make_member(ADDRESS, display_name="Nino")


@pytest.fixture
def secret(nino, key):
    """Nino's authenticator app."""
    return give_totp(nino, key)


@pytest.fixture
def halfway(client, secret):
    """Nino's browser after the password."""
    sign_in(client, ADDRESS, PASSWORD)
    return client
