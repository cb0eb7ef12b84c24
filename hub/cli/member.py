"""`hub member`: the first accounts and roles, made at the machine until members can decide themselves."""

import sys

import click

from hub.access.viewer import VISITOR, Role
from hub.cli.context import opened_database
from hub.core.database import transaction
from hub.core.errors import HubError, InvalidError
from hub.core.passwords import check_new_password, hash_password
from hub.members.queries import member_by_email
from hub.members.service import BOOTSTRAP, create_member, grant_role


@click.group()
def member() -> None:
    """Make the first accounts; refused once there are two coordinators and an administrator."""


@member.command()
@click.argument("email")
@click.option("--name", "display_name", required=True, help="The name that others read.")
@click.option(
    "--type", "member_type", default="government", show_default=True, help="Code of the member type."
)
@click.option("--country", help="Two-letter ISO code of the country.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of asking."
)
def create(
    email: str, display_name: str, member_type: str, country: str | None, *, password_stdin: bool
) -> None:
    """Create an approved account for EMAIL."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        check_new_password(password, about=(email, display_name))
        hashed = hash_password(password)
        with opened_database(), transaction():
            made = create_member(
                VISITOR,
                email=email,
                password_hash=hashed,
                display_name=display_name,
                member_type=member_type,
                country=country,
            )
            address = made.email
    except HubError as error:
        raise _failure(error) from error
    click.echo(f"Created {address}.")


@member.command()
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--country", help="Two-letter ISO code; needed for a focal point.")
@click.option("--reason", default=BOOTSTRAP, show_default=True, help="Why, for the audit log.")
def grant(email: str, role: str, country: str | None, reason: str) -> None:
    """Grant ROLE to the account of EMAIL."""
    try:
        with opened_database(), transaction():
            found = member_by_email(email)
            if found is None:
                raise click.ClickException(f"No account has the address {email}.")
            grant_role(VISITOR, found, Role(role), reason=reason, country=country)
    except HubError as error:
        raise _failure(error) from error
    click.echo(f"Granted {role} to {email}.")


def _failure(error: HubError) -> click.ClickException:
    place = f"{error.field}: " if isinstance(error, InvalidError) and error.field else ""
    return click.ClickException(f"{place}{error}")
