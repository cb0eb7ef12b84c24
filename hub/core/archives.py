"""Looks into ZIP archives and the documents that are such archives, without writing anything to the disk.

Everything is unpacked once and counted, since what an archive says of its own size may be a lie.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.kinds import MEDIA_TYPES, OFFICE, OPEN_DOCUMENTS, other_content

MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes that everything in an archive may have together."""

MAX_EMBEDDED = 20 * 1024 * 1024
"""Bytes of a document inside an archive, which is held in memory while it is looked at."""

MAX_DIRECTORY = MAX_ENTRIES * 1_024
"""Bytes of the list of entries, which is read whole."""

MAX_DEPTH = 2
"""A ZIP may hold documents, and a document may hold documents: charts keep their numbers in a sheet."""

MEGABYTE = 1024 * 1024
CHUNK = 256 * 1024

SHOWN = 100
"""Characters of a path inside an archive that a message names."""

START = b"PK\x03\x04"
END = b"PK\x05\x06"
END_LENGTH = 22
LARGE_LOCATOR = b"PK\x06\x07"
LARGE_LOCATOR_LENGTH = 20
"""ZIP64, which no file of this size needs, says everything a second time."""

LONGEST_COMMENT = 65_535

PACKED_SIGNS = (
    START,
    END,
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
"""How ZIP, gzip, 7z, RAR, bzip2, xz and Zstandard begin."""

PACKED_NAME = re.compile(
    r"\.(?:7z|ace|apk|arj|bz2|cab|deb|dmg|[ejw]ar|t?gz|img|iso|lha|lz[ho]?|lzma|rar|rpm|tar|tbz2?|t?xz|z|zip|zst)"
)
"""How the names of archives end that may begin in any way."""

PACKED_DRAWINGS = (".emz", ".wmz")
"""Drawings in older Office documents, which are gzip inside."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How documents begin that are protected with a password, and those of Office before 2007, which may hold macros."""

ENCRYPTED = 0x1 | 0x40 | 0x2000
"""Flags of entries with a password (APPNOTE 4.4.4)."""

MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/|basic/|scripts/)")
"""Where Office and OpenDocument keep macros."""

MACRO_TYPE = re.compile(rb"macroenabled|macrosheet|vbaproject")
CONTENT_TYPES = "[content_types].xml"
MAIN_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
MIMETYPE = "mimetype"
MANIFEST = "meta-inf/manifest.xml"
SAFE_PATH = re.compile(r"(?!/|[a-z]:)[^\\\0-\x1f\x7f]+", re.IGNORECASE)


@dataclass
class Budget:
    """What is left of the limits for an archive and everything inside it."""

    entries: int = MAX_ENTRIES
    size: int = MAX_UNPACKED

    def take(self, entries: int, size: int) -> None:
        """Count entries and bytes.

        Raises:
            InvalidError: it is more than is left.
        """
        self.entries -= entries
        self.size -= size
        if self.entries < 0:
            raise _refused(N_("This file holds more than %(limit)s files inside."), limit=MAX_ENTRIES)
        if self.size < 0:
            raise _refused(
                N_("This file unpacks to more than %(limit)s MB. Send less at once."),
                limit=MAX_UNPACKED // MEGABYTE,
            )


def check_archive(file: BinaryIO, extension: str) -> None:
    """Make sure that an archive is safe to unpack, and a document what its name says and without macros.

    Args:
        file: the content, which can be read from any place.
        extension: one of `PACKED`.

    Raises:
        InvalidError: with field `file` and the cause.
    """
    _check(file, extension, Budget(), 0)


def _check(file: BinaryIO, extension: str, budget: Budget, depth: int) -> None:
    size = _check_frame(file, extension)
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, extension, size, budget)
            for entry in entries:
                if not entry.is_dir():
                    _check_entry(archive, entry, extension, budget, depth)
            if extension in OPEN_DOCUMENTS:
                _check_mimetype(archive, extension)
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        struct.error,
        UnicodeError,
    ) as error:
        raise _damaged() from error


def _check_frame(file: BinaryIO, extension: str) -> int:
    """Return the size of an archive.

    It begins at its first byte and ends at its last: nothing hides around it that another program would read instead.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if file.read(len(START)) != START:
        raise other_content(extension)
    file.seek(max(0, size - END_LENGTH - LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < END_LENGTH:
        raise _damaged()
    directory, offset, comment = struct.unpack("<IIH", tail[place + 12 : place + END_LENGTH])
    if tail[max(0, place - LARGE_LOCATOR_LENGTH) :].startswith(LARGE_LOCATOR):
        raise _unusual()
    if place + END_LENGTH + comment != len(tail) or offset + directory != size - len(tail) + place:
        raise other_content(extension)
    if directory > MAX_DIRECTORY:
        raise _refused(N_("This file holds more than %(limit)s files inside."), limit=MAX_ENTRIES)
    return size


def _check_entries(entries: list[ZipInfo], extension: str, size: int, budget: Budget) -> None:
    """Judge the list of entries, before anything is unpacked."""
    budget.take(len(entries), 0)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        budget.take(0, unpacked)
    if unpacked > MAX_RATIO * size:
        raise _refused(N_("This file unpacks to more than %(limit)s times its size."), limit=MAX_RATIO)
    for entry in entries:
        path = entry.orig_filename
        if (
            not SAFE_PATH.fullmatch(path)
            or ".." in path.split("/")
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise _refused(
                N_("This file holds “%(path)s”, which leads out of the archive."), path=path[:SHOWN]
            )
        if entry.flag_bits & ENCRYPTED:
            raise _locked()
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _unusual()
    if extension != "zip":
        _check_parts([entry.filename.lower() for entry in entries], extension)


def _check_parts(names: list[str], extension: str) -> None:
    """Judge a document by the names of its parts."""
    if any(MACROS.search(name) for name in names):
        raise _macros()
    main = MAIN_PARTS.get(extension, "content.xml")
    is_complete = extension not in OFFICE or CONTENT_TYPES in names
    if not is_complete or not any(name.startswith(main) for name in names) or len(set(names)) < len(names):
        raise other_content(extension)


def _check_entry(archive: ZipFile, entry: ZipInfo, extension: str, budget: Budget, depth: int) -> None:
    """Unpack one entry, counting; look into a document that it is."""
    name = entry.filename.lower()
    kept = BytesIO()
    inner = ""
    is_read = extension != "zip" and name in {CONTENT_TYPES, MANIFEST}
    for number, chunk in enumerate(_unpacked(archive, entry)):
        budget.take(0, len(chunk))
        if number == 0:
            inner = _inner_kind(entry, chunk, extension, depth)
        if inner or is_read:
            kept.write(chunk)
            if kept.tell() > MAX_EMBEDDED:
                raise _refused(N_("A document inside this file is too large. Send it on its own."))
    if inner:
        _check(kept, inner, budget, depth + 1)
    elif is_read and MACRO_TYPE.search(kept.getvalue().replace(b"\0", b"").lower()):
        raise _macros()
    elif is_read and name == MANIFEST and b"encryption-data" in kept.getvalue():
        raise _locked()


def _inner_kind(entry: ZipInfo, head: bytes, outer: str, depth: int) -> str:
    """Return the extension of an entry that is a document to look into, or an empty text where it is no archive."""
    suffix = PurePosixPath(entry.filename.lower()).suffix
    if outer == "zip" and head.startswith(OLD_OFFICE):
        message = N_("This file holds “%(path)s”, which has a password or an old format. Save that anew.")
        raise _refused(message, path=entry.filename[:SHOWN])
    is_packed = PACKED_NAME.fullmatch(suffix) or head.startswith(PACKED_SIGNS)
    if not is_packed or (outer != "zip" and suffix in PACKED_DRAWINGS):
        return ""
    if suffix[1:] in (*OFFICE, *OPEN_DOCUMENTS) and depth < MAX_DEPTH:
        return suffix[1:]
    message = N_("This file holds another archive, “%(path)s”. Take it out, or unpack it first.")
    raise _refused(message, path=entry.filename[:SHOWN])


def _unpacked(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """Yield what the packed bytes really hold; zipfile would stop at the size that the entry says.

    Raises:
        BadZipFile: it is more or less than the entry says.
    """
    whole = copy(entry)
    whole.file_size = MAX_UNPACKED + MEGABYTE
    size = 0
    with archive.open(whole) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            yield chunk
    if size != entry.file_size:
        raise BadZipFile("an entry is not of the size that it says")


def _check_mimetype(archive: ZipFile, extension: str) -> None:
    first = archive.infolist()[0]
    if first.filename != MIMETYPE or archive.read(first).strip() != MEDIA_TYPES[extension].encode():
        raise other_content(extension)


def _damaged() -> InvalidError:
    return _refused(N_("This file is damaged or incomplete. Save it anew and send it again."))


def _locked() -> InvalidError:
    return _refused(N_("This file has a password. Send it without one."))


def _macros() -> InvalidError:
    return _refused(N_("This document holds macros. Save it without them and send it again."))


def _unusual() -> InvalidError:
    return _refused(N_("This file is packed in an unusual way. Pack it as an ordinary ZIP."))


def _refused(message: str, **parameters: object) -> InvalidError:
    return InvalidError(message, field="file", **parameters)
