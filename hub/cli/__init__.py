"""The `hub` command, one file per group of commands."""

import click

from hub.cli.audit import audit
from hub.cli.demo.command import demo
from hub.cli.index import index
from hub.cli.instance import init
from hub.cli.member import member
from hub.cli.serve import serve, worker


@click.group()
def main() -> None:
    """Run and look after the Anti-Corruption Innovation Hub."""


for command in (audit, demo, index, init, member, serve, worker):
    main.add_command(command)
