"""Checks of what lies in the instance: the secret key, who may read it, and the room that is left."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hub.cli.doctor.findings import Finding, Situation, ok, problem, warning
from hub.config import Settings
from hub.core.guessable import is_guessable

SECRET_MIN = 32
"""Bytes of the shortest secret key: as many as its SHA-256 signatures have."""

PLACEHOLDERS = ("changeme", "secretkey", "yoursecret", "insecure", "notsosecret", "placeholder", "replaceme")
"""What stands in examples; signs and case do not count."""

LITTLE_ROOM, NO_ROOM = 1_000, 100
"""Megabytes that are left when it is time to act, and when writing is about to fail."""

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret(situation: Situation) -> Iterator[Finding]:
    """Look whether somebody could know or guess the key that signs forms and links and seals second factors."""
    path = situation.settings.instance / "secret-key"
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError:
        return
    except OSError as error:
        yield problem(
            f"The secret key cannot be read ({error.strerror}).", f"Give {path} to the hub's account."
        )
        return
    anew = (
        f"Stop the hub, delete {path}, and run `hub init`, which makes a random one."
        " Links in mails are void then, and authenticator apps must be set up anew."
    )
    if len(key) < SECRET_MIN:
        yield problem(
            f"The secret key has {len(key)} bytes; shorter than {SECRET_MIN} it can be guessed.", anew
        )
    elif _is_known(key.decode("utf-8", "replace")):
        yield problem("The secret key is a known or guessable one.", anew)
    else:
        yield ok("The secret key is long and not a known one.")


def _is_known(key: str) -> bool:
    letters = "".join(sign for sign in key.lower() if sign.isalnum())
    return is_guessable(key) or any(word in letters for word in PLACEHOLDERS)


def instance(situation: Situation) -> Iterator[Finding]:
    """Look whether the instance is there, and belongs to who runs the hub."""
    folder = situation.settings.instance
    init = "Run `hub init` with the same HUB_INSTANCE."
    if not folder.is_dir():
        yield problem(f"There is no instance in {folder.absolute()}.", init)
        return
    if not (folder / "secret-key").exists():
        yield problem("The instance has no secret key.", init)
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        yield warning(
            "The instance belongs to another account than the one that looks at it now.",
            "Run `hub doctor` and every other command as the hub's own account.",
        )


def modes(situation: Situation) -> Iterator[Finding]:
    """Look whether other accounts of this machine may read what the hub keeps."""
    open_to_others = [path for path in _kept(situation.settings) if _is_open(path)]
    for path in open_to_others:
        mode = "700" if path.is_dir() else "600"
        yield problem(f"Other accounts of this machine may use {path}.", f"Run: chmod {mode} {path}")
    if not open_to_others and situation.settings.instance.is_dir():
        yield ok("Only the hub's own account may read the instance.")


def _kept(settings: Settings) -> Iterator[Path]:
    yield settings.instance
    for name in (
        "secret-key",
        "index-key",
        "matching-key",
        "checkpoint-key",
        "checkpoint-key.next",
        "demo-accounts.json",
        "jobs.sqlite",
        "uploads",
        "exports",
        "outbox",
    ):
        yield settings.instance / name
    database = sqlite_file(settings)
    if database is not None:
        yield from (database.with_name(f"{database.name}{end}") for end in ("", "-wal", "-shm"))


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & OTHERS)
    except OSError:
        return False


def sqlite_file(settings: Settings) -> Path | None:
    """Return the file of the database, or None where it has none of its own."""
    try:
        url = make_url(settings.database_address)
    except ArgumentError:
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def room(situation: Situation) -> Iterator[Finding]:
    """Look how much the disk of the instance still takes."""
    folder = situation.settings.instance
    if not folder.is_dir():
        return
    left = shutil.disk_usage(folder).free // 1_000_000
    if left < NO_ROOM:
        yield problem(
            f"The disk of the instance has {left} MB left: writing is about to fail.", "Free space."
        )
    elif left < LITTLE_ROOM:
        yield warning(f"The disk of the instance has {left} MB left.", "Free space.")
    else:
        yield ok(f"The disk of the instance has {left // 1000} GB left.")
