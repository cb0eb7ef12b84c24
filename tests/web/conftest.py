"""The whole application on the test's own database, and a client that nags."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import RateLimitItemPerSecond
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hub.app import create_app
from hub.config import Settings
from hub.jobs.indexing import documents
from hub.search.indexer import rebuild
from hub.web.limits import SEARCHES, limiter
from tests.search.conformance.engines import engine_of
from tests.web.client import NaggingClient
from tests.web.trial import trial


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests of this process: what takes long is compiling its templates."""
    settings = Settings(instance=tmp_path_factory.mktemp("instance"), pseudo_language=True, limits="on")
    made = create_app(settings)
    made.testing = True
    made.register_blueprint(trial)
    made.test_client_class = NaggingClient
    engine = made.extensions["hub"].bind
    assert isinstance(engine, Engine)
    yield made
    engine.dispose()


@pytest.fixture
def app(application: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application, bound for one test to that test's database; its search index knows what is stored now.

    Tests search faster than people: the limit on that is for the tests of limits.
    """
    generous = RateLimitItemPerSecond(100_000, 1, namespace=SEARCHES.namespace)
    monkeypatch.setattr("hub.web.finding.page.SEARCHES", generous)
    monkeypatch.setattr("hub.web.suggesting.views.SUGGESTIONS", generous)
    monkeypatch.setattr("hub.web.feeds.views.SEARCHES", generous)
    monkeypatch.setattr("hub.web.matches.sparing.MATCHES", generous)
    monkeypatch.setattr("hub.web.matches.weights.PREVIEWS", generous)
    runtime = application.extensions["hub"]
    engine, runtime.bind = runtime.bind, database.get_bind()
    limiter.reset()
    if runtime.search.applied_number() != 0:
        rebuild(runtime.bind, runtime.search, tuple)
    runtime.matching.forget()
    yield application
    runtime.bind = engine


@pytest.fixture
def search_with(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Have the application search with the engine of that name, which knows nothing before `index` is called."""

    def choose(name: str) -> None:
        monkeypatch.setattr(app.extensions["hub"], "search", engine_of(name, tmp_path / name))

    return choose


@pytest.fixture
def index(app: Flask, database: Session):
    """Bring the search index abreast of the database, as the indexer does within a second; suggestions too."""
    runtime = app.extensions["hub"]

    def catch_up() -> None:
        database.commit()
        rebuild(runtime.bind, runtime.search, documents)
        runtime.matching.forget()

    return catch_up


@pytest.fixture
def matching(app: Flask):
    """The application's index of what is suggested: what factories store it knows after `matching.forget()`."""
    return app.extensions["hub"].matching


@pytest.fixture
def client(app: Flask, database: Session) -> FlaskClient:
    """A visitor's browser."""
    browser = app.test_client()
    browser.database = database
    return browser


@pytest.fixture
def new_client(app: Flask, database: Session):
    """Open further browsers, for tests with several people."""

    def open_browser() -> FlaskClient:
        browser = app.test_client()
        browser.database = database
        return browser

    return open_browser
