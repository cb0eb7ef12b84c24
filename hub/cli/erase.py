"""`hub erase`: erases the account of somebody who asked for it and cannot sign in to do it."""

import click

from hub.cli.context import opened_database, read_settings
from hub.core.database import transaction
from hub.core.errors import HubError
from hub.members.models import normal_email
from hub.members.queries import member_by_email
from hub.privacy.archive import unlink
from hub.privacy.erasure import erase_for_the_hub
from hub.privacy.exports import file_names


@click.command()
@click.argument("email")
@click.confirmation_option(prompt="Nobody can undo this. Erase the account?")
def erase(email: str) -> None:
    """Erase the account with the address EMAIL for good, as its owner would; the address gets a last mail."""
    settings = read_settings()
    with opened_database(settings):
        found = member_by_email(normal_email(email))
        if found is None:
            raise click.ClickException("No account has this address.")
        public_id, files = found.public_id, file_names(found.id)
        try:
            with transaction():
                erase_for_the_hub(found)
        except HubError as error:
            raise click.ClickException(str(error)) from error
    unlink(settings.instance, files)
    click.echo(f"Erased. What stays names the member by the id {public_id}.")
