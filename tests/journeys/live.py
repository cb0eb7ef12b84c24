"""A hub with a database and an index of its own in a folder, as an operator has it; nothing is undone by itself."""

import os
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Barrier, Thread

from flask import Flask
from jinja2 import BytecodeCache
from sqlalchemy import Engine, text

from hub.app import create_app
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import make_engine, session_scope
from hub.jobs.indexing import documents
from hub.migrations import upgrade
from hub.search.indexer import Indexer, rebuild
from tests.catalogue.records import Scene, make_scene
from tests.factories import make_member
from tests.postgres import POSTGRES_URL, address_of, new_database
from tests.web.client import NaggingClient


class Compiled(BytecodeCache):
    """Keeps compiled templates in this process; Jinja compares each with its source."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        """Return what was compiled, if it was."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket):
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
"""Shared by the applications of all hubs: compiling takes longer than most of what they do."""


@dataclass
class Live:
    """One running hub: the application, its database, and the people of one record."""

    settings: Settings
    app: Flask
    engine: Engine
    scene: Scene

    def store(self, make, *arguments, **columns):
        """Call a function that stores something, with a session open."""
        with session_scope(self.engine) as opened:
            made = make(*arguments, **columns)
            opened.commit()
            opened.refresh(made)
            opened.expunge_all()
        return made

    def member(self, **columns):
        """Store a member."""
        return self.store(make_member, **columns)

    def record(self, way, **details):
        """Take a record as far as `way` (of `tests.catalogue.records`) says; return its slug."""
        with session_scope(self.engine) as opened:
            people = (getattr(self.scene, name) for name in self.scene.__dataclass_fields__)
            scene = Scene(*(opened.get(type(each), each.id) for each in people))
            return way(scene, **details).innovation.slug

    def browser(self, member=None):
        """Open a browser, signed in as `member` if one is given."""
        browser = self.app.test_client()
        if member is not None:
            with session_scope(self.engine):
                browser.become(member)
        return browser

    def indexer(self):
        """Return the thread that keeps the index, not started yet."""
        return Indexer(self.engine, self.app.extensions["hub"].search, documents)

    def asked(self, statement):
        """Return the first column of all rows of a query."""
        with session_scope(self.engine) as opened:
            return list(opened.scalars(statement))


@contextmanager
def live_hub(folder, kind="sqlite"):
    """Prepare an instance in `folder`, on SQLite or on a PostgreSQL database of its own."""
    with database_address(folder, kind, prepared=True) as address:
        settings = Settings(instance=folder / "instance", database_url=address)
        prepare_instance(settings)
        app = create_app(settings)
        app.test_client_class = NaggingClient
        app.jinja_env.bytecode_cache = COMPILED
        engine = app.extensions["hub"].bind
        with session_scope(engine) as opened:
            scene = make_scene()
            for each in (scene.owner, scene.partner, scene.coordinator, scene.colleague):
                opened.refresh(each)
            opened.expunge_all()
        rebuild(engine, app.extensions["hub"].search, documents)
        yield Live(settings, app, engine, scene)
        engine.dispose()


@contextmanager
def database_address(folder, kind, *, prepared=False):
    """Name a database that nobody else uses, empty or with every table as the migrations made it; remove it after."""
    if kind == "sqlite":
        path = folder / "hub.sqlite"
        if prepared:
            shutil.copyfile(prepared_file(folder.parent), path)
        yield f"sqlite:///{path}"
        return
    name = f"hub_live_{os.getpid()}_{secrets.token_hex(3)}"
    source = f" TEMPLATE {_prepared_database()}" if prepared else ""
    admin = make_engine(POSTGRES_URL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{source}"))
        try:
            yield address_of(name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@cache
def prepared_file(folder):
    """Run the migrations once a process; return the file that is copied for each hub."""
    path = folder / "prepared.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@cache
def _prepared_database():
    """Run the migrations once a process; return the database that PostgreSQL copies for each hub."""
    name = new_database("prepared")
    _migrate(address_of(name))
    return name


def _migrate(address):
    engine = make_engine(address)
    upgrade(engine)
    engine.dispose()


def at_once(*acts):
    """Call all `acts` in the same moment; return what each returned, or the exception it raised."""
    gate = Barrier(len(acts))
    results = [None] * len(acts)

    def run(place, act):
        gate.wait()
        try:
            results[place] = act()
        except Exception as error:  # noqa: BLE001 - the test compares it
            results[place] = error

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def post(browser, address, **typed):
    """Prepare a POST whose token was fetched before, so that only the POST itself races."""
    data = {"csrf_token": browser.token(), **typed}
    return lambda: browser.post(address, data=data).status_code
