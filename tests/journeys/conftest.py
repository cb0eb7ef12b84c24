"""A hub of its own for each journey, on SQLite and, where CI names one, on PostgreSQL."""

import pytest

from tests.journeys.live import live_hub
from tests.postgres import POSTGRES_URL


@pytest.fixture
def live(tmp_path):
    with live_hub(tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def live_on_both(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with live_hub(tmp_path, request.param) as made:
        yield made
