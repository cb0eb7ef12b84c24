"""`hub audit`: proves the audit log whole or names its first break, writes the published log, signs checkpoints."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from hub.audit.checkpoints.keys import NoKeyError, verifier_key_of
from hub.audit.checkpoints.making import (
    BrokenLogError,
    make_checkpoint,
    rotate_key,
    settle_key,
    walked,
)
from hub.audit.checkpoints.note import DamagedNoteError, parse_keys, parse_notes
from hub.audit.checkpoints.proof import Believed, FlawedNote, believe, seals_of
from hub.audit.checkpoints.queries import covered_entries, end_of_log, key_in_use, links_between, stored_seals
from hub.audit.checkpoints.stored import first_flaw
from hub.audit.encoding import log_line, time_text
from hub.audit.published import LONGEST_LINE, verify_log
from hub.audit.queries import erased_numbers, first_loose_number, stored_entries
from hub.audit.verify import Seals, Verdict, verify_stored
from hub.cli.context import opened_database, read_settings
from hub.core.database import transaction

LARGEST_FILE = 256_000_000
"""Bytes of a file of checkpoints: a century of them."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """Check and publish the log of decisions."""


@audit.command()
@click.option(
    "--log", type=FILE, help="Check this published log instead of the database; needs no database at all."
)
@click.option(
    "--checkpoint", type=FILE, help="Signed checkpoints that the log must fit; one or many in a file."
)
@click.option(
    "--public-key", type=FILE, help="The hub's key, or keys one a line, by which they must be signed."
)
def verify(log: Path | None, checkpoint: Path | None, public_key: Path | None) -> None:
    """Prove that the log is whole, or name its first break and exit with 1.

    What is cut off at the end, or rewritten with every hash after it, leaves no trace in the log itself. A signed
    checkpoint that you kept shows it.
    """
    if log is None:
        if checkpoint is not None or public_key is not None:
            raise click.UsageError("--checkpoint and --public-key belong to a file: give --log too.")
        _verify_database()
        return
    if (checkpoint is None) != (public_key is None):
        raise click.UsageError(
            "A checkpoint is checked by its signature: give --checkpoint and --public-key together."
        )
    believed = _believed(checkpoint, public_key) if checkpoint and public_key else []
    with log.open("rb") as file:
        verdict, place = verify_log(iter(lambda: file.readline(LONGEST_LINE), b""), seals_of(believed))
    _report(verdict, str(place) if place else "")
    _report_checkpoints(verdict, believed)


def _verify_database() -> None:
    with opened_database():
        seals: Seals = stored_seals()
        verdict = verify_stored(stored_entries(), first_loose_number(), seals)
        erased: Sequence[int] = erased_numbers()
        flaw = first_flaw()
        covered = covered_entries()
    _report(verdict)
    if flaw is not None:
        raise click.ClickException(f"A stored checkpoint is not to be believed. {flaw}")
    if seals:
        click.echo(f"It fits all signed checkpoints, the longest of {covered} entries.")
    if erased:
        click.echo(f"Private parts erased: {len(erased)}, of entries {', '.join(map(str, erased))}.")


def _believed(checkpoint: Path, public_key: Path) -> list[Believed]:
    try:
        keys = parse_keys(_content(public_key))
    except DamagedNoteError as error:
        raise click.ClickException(f"The file with the public key cannot be read: {error}.") from error
    try:
        notes = parse_notes(_content(checkpoint))
    except DamagedNoteError as error:
        raise click.ClickException(f"The file with the checkpoint cannot be read: {error}.") from error
    if not notes:
        raise click.ClickException("The file with the checkpoint holds none.")
    try:
        return [believe(note, keys) for note in notes]
    except FlawedNote as flaw:
        raise click.ClickException(str(flaw)) from None


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise click.ClickException(f"{path} is too large to be a file of keys or checkpoints.")
    return path.read_bytes()


@audit.command()
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True, atomic=True))
def export(file: TextIO) -> None:
    """Write the log to FILE: number, time, commitment and hash of each entry, nothing personal.

    All of it, also what came after the last checkpoint; `/decisions/log` ends with the last checkpoint.
    """
    with opened_database():
        entries, _ = end_of_log()
        file.writelines(log_line(link) + "\n" for link in links_between(0, entries))
    click.echo(f"{entries} entries written.", err=True)


@audit.command()
def checkpoint() -> None:
    """Sign a checkpoint now and print it; the worker does it once an hour."""
    settings = read_settings()
    with opened_database(settings):
        try:
            start = walked()
            with transaction():
                made = make_checkpoint(settings, start, even_if_fresh=True)
                note = made.note if made else ""
            settle_key(settings)
        except (BrokenLogError, NoKeyError) as error:
            raise click.ClickException(str(error)) from None
    click.echo(note, nl=False)


@audit.command("rotate-key")
@click.confirmation_option(
    prompt="The key in use is retired for good, and people who check the hub need the new one. Go on?"
)
def rotate() -> None:
    """Retire the key that signs checkpoints and begin a new one; both sign the checkpoint of the change."""
    settings = read_settings()
    with opened_database(settings):
        try:
            start = walked()
            with transaction():
                rotate_key(settings, start)
            settle_key(settings)
        except (BrokenLogError, NoKeyError) as error:
            raise click.ClickException(str(error)) from None
        key = key_in_use()
        words = verifier_key_of(key).text if key else ""
    click.echo(f"The key in use from now on:\n{words}")


def _report(verdict: Verdict, place: str = "") -> None:
    if verdict.first_break is not None:
        raise click.ClickException(f"{verdict.first_break} {place}".rstrip())
    if verdict.recorded_at is None:
        click.echo("The audit log is whole: it has no entries yet.")
        return
    click.echo(
        f"The audit log is whole: {verdict.entries} entries, the last of {time_text(verdict.recorded_at)}."
    )
    click.echo(f"Hash of the last entry: {verdict.head}")


def _report_checkpoints(verdict: Verdict, believed: Sequence[Believed]) -> None:
    if not believed:
        click.echo(
            "No checkpoint was given, so that nothing shows whether the end was cut off or all was written anew."
        )
        return
    covered = max(each.note.checkpoint.entries for each in believed)
    click.echo(f"Signed checkpoints that the log fits: {len(believed)}, the longest of {covered} entries.")
    for words in dict.fromkeys(_key_words(each) for each in believed):
        click.echo(words)
    if all(each.key.retired is not None for each in believed):
        click.echo(
            "Only retired keys vouch for this. Whoever stole such a key can sign another log of that length: it proves"
            " something only if you fetched the checkpoint yourself while the key was in use."
        )
    if covered < verdict.entries:
        click.echo(f"No checkpoint covers entries {covered + 1} to {verdict.entries}.")


def _key_words(each: Believed) -> str:
    if each.key.retired is None:
        return f"Signed by {each.key.short}."
    return (
        f"Signed by {each.key.short}, a key retired on {time_text(each.key.retired.at)}: it vouches for"
        f" checkpoints of at most {each.key.retired.entries} entries."
    )
