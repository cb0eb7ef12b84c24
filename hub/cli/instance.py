"""`hub init`: makes an instance with its secrets, its schema and the commitments that come with the hub."""

import click

from hub.cli.commitments import load_missing
from hub.config import Settings
from hub.core.database import make_engine
from hub.migrations import upgrade


def prepare_instance(settings: Settings) -> None:
    """Make folder, secret key and schema where they are missing, and bring the schema up to date."""
    settings.secret_key()
    engine = make_engine(settings.database_address)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


@click.command()
def init() -> None:
    """Make the instance, or bring its schema up to date."""
    settings = Settings()
    prepare_instance(settings)
    load_missing(settings)
    click.echo(f"The instance in {settings.instance} is ready.")
