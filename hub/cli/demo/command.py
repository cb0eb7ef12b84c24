"""The `hub demo` command: prepare, fill, serve, and run the worker until Ctrl-C."""

import os
import shutil

import click
from sqlalchemy import func, select

from hub.cli.context import opened_database, read_settings
from hub.cli.demo.catalogue import load_record, state_countries
from hub.cli.demo.collaboration import tell_requests
from hub.cli.demo.commitments import tell_commitments
from hub.cli.demo.community import tell_community, tell_follows
from hub.cli.demo.insights import tell_readings
from hub.cli.demo.people import (
    create_organisations,
    create_people,
    enrol_people,
    hash_passwords,
    read_credentials,
)
from hub.cli.demo.records import FILES, Row, fictional_records, files_of, organisation_rows, real_records
from hub.cli.demo.scene import Scene
from hub.cli.demo.showcases import tell_showcases
from hub.cli.demo.vetting import tell_vetting
from hub.cli.index import build_index
from hub.cli.instance import prepare_instance
from hub.cli.serve import refuse_dangers, serve_app
from hub.commitments.loading import load_commitments
from hub.config import Settings
from hub.core.database import session, transaction
from hub.core.uploads import AcceptedFile, accept_file
from hub.members.models import Member
from hub.members.totp import present_code


@click.command()
@click.option("--reset", is_flag=True, help="Throw the demonstration's data away and begin anew.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port on loopback; default HUB_PORT or 8000.")
@click.option(
    "--code", metavar="EMAIL", help="Only print the security code of an account, as its app would show it."
)
def demo(*, reset: bool, port: int | None, code: str | None) -> None:
    """Serve a demonstration: a real catalogue with fictional people, on this machine only."""
    settings = demo_settings(port)
    if code:
        click.echo(security_code(settings, code))
        return
    refuse_dangers(settings)  # before fictional people are put anywhere
    if reset:
        remove_data(settings)
    click.echo(f"Preparing the demonstration in {settings.instance} …")
    prepare_instance(settings)
    if fill(settings):
        build_index(settings)
    click.echo(f"Accounts and passwords: {settings.instance / 'demo-accounts.json'}")
    click.echo(f"Open http://localhost:{settings.port} (Ctrl-C ends it)")
    serve_app(settings, with_worker=True)


def security_code(settings: Settings, email: str) -> str:
    """Return the code that the authenticator app of an account would show now.

    Raises:
        click.ClickException: there is no such account, or it has no second factor.
    """
    path = settings.instance / "demo-accounts.json"
    known = read_credentials(path).get(email) if path.exists() else None
    if known is None or known.totp_secret is None:
        raise click.ClickException("The demonstration has no such account with a second factor.")
    return present_code(known.totp_secret)


def demo_settings(port: int | None) -> Settings:
    """Set demo mode, with the made-up language that shows right-to-left layouts, here and in what is started."""
    os.environ["HUB_DEMO"] = "true"
    os.environ.setdefault("HUB_PSEUDO_LANGUAGE", "true")
    os.environ.setdefault("HUB_CONTACT", "contact@demo.example")
    if port is not None:
        os.environ["HUB_PORT"] = str(port)
    if not os.environ.get("HUB_BASE_URL"):
        os.environ["HUB_BASE_URL"] = f"http://localhost:{port or os.environ.get('HUB_PORT') or 8000}"
    return read_settings()


def remove_data(settings: Settings) -> None:
    """Delete database, index, files and accounts of the demonstration.

    Raises:
        click.ClickException: the database is not the demonstration's own file.
    """
    if settings.database_url:
        message = "HUB_DATABASE_URL names a database of its own; --reset deletes only the file in the instance folder."
        raise click.ClickException(message)
    for folder in (settings.index_folder, settings.instance / "uploads", settings.instance / "outbox"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("hub.sqlite", "hub.sqlite-wal", "hub.sqlite-shm", "demo-accounts.json"):
        (settings.instance / name).unlink(missing_ok=True)


def fill(settings: Settings) -> bool:
    """Create people and records, all in one transaction, unless there are members already; return whether it did."""
    credentials = read_credentials(settings.instance / "demo-accounts.json")
    key = settings.secret_key()
    with opened_database(settings):
        if session().scalar(select(func.count()).select_from(Member)):
            with transaction():  # a demonstration that is older than second factors
                enrol_people(credentials, key)
            return False
        hashes = hash_passwords(credentials)
        rows = fictional_records() + real_records()  # so that the newest are real
        files = _accept_files(settings, rows)
        with transaction():
            organisations = create_organisations(organisation_rows(rows))
            scene = Scene(create_people(hashes, organisations), organisations, files)
            enrol_people(credentials, key)
            for row in rows:
                load_record(row, scene)
            state_countries(scene)
            load_commitments()
            tell_vetting(scene, hashes)
            tell_community(scene)
            tell_showcases(scene)
            tell_requests(scene)
            tell_commitments(scene)
        with transaction():
            tell_follows(scene)
            tell_readings()
    return True


def _accept_files(settings: Settings, rows: list[Row]) -> dict[str, AcceptedFile]:
    """Keep the files of the evidence as if people had sent them; return them by name."""
    accepted = {}
    for name in files_of(rows):
        with (FILES / name).open("rb") as stream:
            accepted[name] = accept_file(settings.instance, name, stream)
    return accepted
