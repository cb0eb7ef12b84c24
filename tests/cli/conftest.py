"""An instance that is nearly empty, and the situation of a hub on it, for the checks of `hub doctor`."""

import os

import pytest

from hub.cli.doctor.findings import Situation
from hub.cli.instance import prepare_instance
from hub.config import Settings


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
    prepare_instance(made)
    yield made
    os.umask(before)
