"""Files that people send: the table of what is kept, and the folder of the checked files. Knows no feature."""

import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from hub.config import private_opener
from hub.core.clock import now
from hub.core.database import Base, session
from hub.core.disk import sync_folder
from hub.core.errors import InvalidError, UnavailableError
from hub.core.i18n import N_
from hub.core.inspection import FILENAME_LENGTH, check_content, extension_of, shown_name
from hub.core.kinds import DOCUMENTS, MEDIA_TYPES, PICTURES
from hub.core.pictures import redraw

MAX_FILE = 20 * 1024 * 1024
"""Bytes of a file, as it was sent and as it is kept."""

MEGABYTE = 1024 * 1024

NAME_BYTES = 32
NAME_LENGTH = 43
"""Characters of a random name: 256 bits in base64."""

DRAFT = ".draft"
"""Ends the name of a file that is still being checked."""

ORPHAN_AGE = timedelta(days=1)
"""How long a file waits for the row that names it: far longer than any request."""

CHUNK = 256 * 1024
"""Bytes read at a time."""

BATCH = 500
"""Names that are asked for in one query."""


class StoredFile(Base):
    """A checked file. `name` is where it stands on the disk, `filename` what people call it."""

    __tablename__ = "stored_files"
    __table_args__ = (CheckConstraint("size > 0", name="is_not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    filename: Mapped[str] = mapped_column(String(FILENAME_LENGTH))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class AcceptedFile:
    """A file that was checked and stands on the disk; without a row it is forgotten after a day.

    Args:
        name: random, where it stands.
        filename: for people.
        media_type: of our own table, never what the browser said.
        size: bytes as kept.
        sha256: of the bytes as kept, in hexadecimal.
    """

    name: str
    filename: str
    media_type: str
    size: int
    sha256: str


def accept_file(
    folder: Path, filename: str, stream: BinaryIO, kinds: Collection[str] = DOCUMENTS
) -> AcceptedFile:
    """Check what somebody sent and keep it, whole or not at all; called before the transaction begins.

    Args:
        folder: the instance folder.
        filename: what the browser called the file.
        stream: its bytes, from the beginning.
        kinds: extensions that are taken here, of those in `DOCUMENTS`.

    Raises:
        InvalidError: with field `file`, and one sentence that names the cause.
        UnavailableError: the disk is full or cannot be written, or too many pictures are being read.
    """
    shown = shown_name(filename)
    extension = extension_of(shown, kinds)
    name = secrets.token_urlsafe(NAME_BYTES)
    place = _place(folder, name)
    draft = place.with_name(f"{name}{DRAFT}")
    try:
        _make_folder(place.parent)
        with open(draft, "xb+", opener=private_opener) as file:
            _copy(stream, file)
            check_content(file, extension)
            if extension in PICTURES:
                _replace(file, redraw(file, extension))
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        sync_folder(place.parent)
    except OSError as error:
        raise UnavailableError(N_("The hub cannot keep files at the moment. Try again later.")) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return AcceptedFile(name, shown, MEDIA_TYPES[extension], size, digest)


def stored_file(accepted: AcceptedFile) -> StoredFile:
    """Return the new row of a checked file; called inside the transaction, which is flushed."""
    row = StoredFile(
        name=accepted.name,
        filename=accepted.filename,
        media_type=accepted.media_type,
        size=accepted.size,
        sha256=accepted.sha256,
    )
    session().add(row)
    session().flush()
    return row


def path_of(folder: Path, stored: StoredFile) -> Path:
    """Return where the bytes of a stored file are; `folder` is the instance folder."""
    return _place(folder, stored.name)


def forget_orphans(folder: Path, *, is_dry_run: bool = False) -> int:
    """Delete files that no row has named for a day, and say how many.

    A row is deleted in a transaction and its file here: so no row is ever without its file.

    Args:
        folder: the instance folder.
        is_dry_run: only count them.
    """
    forgotten = 0
    files = list(_old_files(folder / "uploads"))
    for start in range(0, len(files), BATCH):
        paths = files[start : start + BATCH]
        names = [path.name for path in paths]
        known = set(session().scalars(select(StoredFile.name).where(StoredFile.name.in_(names))))
        for path in paths:
            if path.name not in known:
                if not is_dry_run:
                    path.unlink(missing_ok=True)
                forgotten += 1
    return forgotten


def _old_files(uploads: Path) -> Iterator[Path]:
    latest = (now() - ORPHAN_AGE).timestamp()
    return (path for path in uploads.glob("*/*") if path.is_file() and path.stat().st_mtime < latest)


def _place(folder: Path, name: str) -> Path:
    return folder / "uploads" / name[:2] / name


def _copy(stream: BinaryIO, file: BinaryIO) -> None:
    """Copy what was sent, up to the limit.

    Raises:
        InvalidError: nothing was sent, or more than `MAX_FILE`.
    """
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        _check_size(size)
        file.write(chunk)
    if not size:
        raise InvalidError(N_("This file is empty. Choose another one."), field="file")


def _replace(file: BinaryIO, content: bytes) -> None:
    _check_size(len(content))
    file.seek(0)
    file.truncate()
    file.write(content)


def _check_size(size: int) -> None:
    if size > MAX_FILE:
        message = N_("This file is too large. A file may have up to %(limit)s MB.")
        raise InvalidError(message, field="file", limit=MAX_FILE // MEGABYTE)


def _make_folder(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for parent in (path.parent, path.parent.parent):
            sync_folder(parent)
