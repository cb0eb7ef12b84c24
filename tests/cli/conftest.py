"""A nearly empty instance and the situation of a hub on it, for `hub doctor`; and a demonstration, filled once."""

import os
import shutil

import pytest

from hub.cli.context import opened_database
from hub.cli.doctor.findings import Situation
from hub.cli.instance import prepare_instance
from hub.config import Settings
from tests.demonstration import copied_demonstration
from tests.journeys.live import prepared_file


@pytest.fixture
def instance(tmp_path):
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def situation(instance):
    """Make the situation of a hub with these settings and these variables."""

    def make(environment=None, **values):
        return Situation(
            Settings(instance=instance, **{"base_url": "https://hub.example.org", **values}),
            environment or {},
        )

    return make


@pytest.fixture
def prepared(instance):
    # as the command sets it: whatever lies in the instance is for the hub's own user only
    before = os.umask(0o077)
    made = Settings(instance=instance, base_url="http://localhost:8000")
    shutil.copyfile(prepared_file(instance.parents[1]), instance / "hub.sqlite")
    prepare_instance(made)
    yield made
    os.umask(before)


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory):
    return Settings(instance=copied_demonstration(tmp_path_factory), database_url="")


@pytest.fixture
def demo_session(demo_settings):
    with opened_database(demo_settings) as opened:
        yield opened
