"""The `hub` command, one file per group of commands."""

import os

import click

from hub.cli.audit import audit
from hub.cli.commitments import commitments
from hub.cli.demo.command import demo
from hub.cli.doctor.command import doctor
from hub.cli.erase import erase
from hub.cli.index import index
from hub.cli.instance import init
from hub.cli.interchange import export_records, import_records
from hub.cli.member import member
from hub.cli.retention import retention
from hub.cli.serve import serve, worker


@click.group()
def main() -> None:
    """Run and look after the Anti-Corruption Innovation Hub."""
    # whatever the instance holds is for the hub's own user only
    os.umask(0o077)


for command in (
    audit,
    commitments,
    demo,
    doctor,
    erase,
    export_records,
    import_records,
    index,
    init,
    member,
    retention,
    serve,
    worker,
):
    main.add_command(command)
