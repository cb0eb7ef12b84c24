"""Judges what somebody sent: the name that people see, and whether the content is what the name says."""

import codecs
import re
import unicodedata
from collections.abc import Collection
from typing import BinaryIO

from hub.core.archives import OLD_OFFICE, check_archive
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.kinds import PACKED, TEXTS, other_content

FILENAME_LENGTH = 120
"""Characters of the name that people see."""

EXTENSION_LENGTH = 10
"""Characters after the last dot that count as an extension."""

HIDDEN_TYPE = re.compile(
    r"apk|app|aspx?|bat|cgi|chm|cmd|cpl|dll|do[ct]m|exe|gadget|hta|iso|jar|jnlp|jse?|jspx?|lnk|mht(?:ml)?|mjs|ms[ip]|phar"
    r"|php\d?|phtml?|pif|pl|p(?:ot|pa|ps|pt)m|ps1|py|rb|reg|sc[frt]|sh|[sx]?html?|svgz?|swf|vb[es]?|wasm|wsf?|wsh|xht"
    r"|xlam|xl[st][bm]|x[ms]l|xslt"
)
"""Types that run or are drawn as pages: none may hide before the last extension."""

INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Signs that turn the direction of a name around or hide in it; joiners that scripts need are no part of this."""

SIGNATURES = {
    "pdf": (b"%PDF-1.", b"%PDF-2."),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "webp": (b"RIFF",),
} | dict.fromkeys(("jpg", "jpeg"), (b"\xff\xd8\xff",))
WEBP_MARK = b"WEBP"

PDF_TAIL = 1_024
"""Bytes at the end of a PDF within which its end mark must stand (ISO 32000, annex H.3)."""

MARKUP = re.compile(
    r"(?:<\?|<!doctype|<!entity|<svg|<html|<head|<body|<script|<iframe|%PDF-|#!)", re.IGNORECASE
)
"""How pages, drawings and scripts begin, which are no plain text here."""

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""Byte order marks and the encodings that they announce."""

CHUNK = 256 * 1024


def shown_name(filename: str) -> str:
    """Return what people see of `filename`: no path, nothing invisible, not too long, its extension kept."""
    base = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    plain = INVISIBLE.sub(
        "", "".join(each for each in base if unicodedata.category(each) not in {"Cc", "Cs"})
    )
    words = " ".join(plain.split()).strip(". ")
    stem, dot, extension = words.rpartition(".")
    if not dot or len(extension) > EXTENSION_LENGTH:
        stem, dot, extension = words, "", ""
    return f"{stem[: FILENAME_LENGTH - len(dot + extension)].rstrip('. ') or 'file'}{dot}{extension}"


def extension_of(shown: str, kinds: Collection[str]) -> str:
    """Return the extension of a name, in lower case.

    Args:
        shown: a name as `shown_name` returns it.
        kinds: extensions that are taken.

    Raises:
        InvalidError: it is not among `kinds`, or a dangerous one hides before it.
    """
    _, *inner, last = ["", *(part.strip().lower() for part in shown.split("."))]
    if last not in kinds or not inner:
        message = N_("Files of this type are not taken. Choose one of these: %(types)s.")
        raise InvalidError(message, field="file", types=", ".join(dict.fromkeys(kinds)))
    for part in inner[1:]:
        if HIDDEN_TYPE.fullmatch(part):
            message = N_("The name of this file also says .%(type)s. Take that out of the name.")
            raise InvalidError(message, field="file", type=part)
    return last


def check_content(file: BinaryIO, extension: str) -> None:
    """Make sure that the content is of the kind that the name says; pictures are only looked at from outside.

    Args:
        file: the content, which can be read from any place.
        extension: one of `DOCUMENTS`.

    Raises:
        InvalidError: with field `file` and the cause.
    """
    file.seek(0)
    head = file.read(CHUNK)
    if extension in TEXTS:
        _check_text(file, head, extension)
    elif extension in PACKED:
        if head.startswith(OLD_OFFICE):
            message = N_(
                "This document has a password or an old format. Save it anew as .%(type)s, without a password."
            )
            raise InvalidError(message, field="file", type=extension)
        check_archive(file, extension)
    elif not head.startswith(SIGNATURES[extension]) or (extension == "webp" and head[8:12] != WEBP_MARK):
        raise other_content(extension)
    if extension == "pdf":
        _check_end(file)
    file.seek(0)


def _check_end(file: BinaryIO) -> None:
    """Refuse a PDF that is cut short, or that something else follows."""
    file.seek(max(0, file.seek(0, 2) - PDF_TAIL))
    if not file.read().rstrip(b"\0 \t\r\n\f").endswith(b"%%EOF"):
        raise InvalidError(
            N_("This PDF is damaged or incomplete. Save it anew and send it again."), field="file"
        )


def _check_text(file: BinaryIO, head: bytes, extension: str) -> None:
    """Refuse what is no text in a known encoding, what begins as a page or script, and JSON without its brackets."""
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    opening, last = "", ""
    try:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            opening, last = opening or text.lstrip(), text.rstrip()[-1:] or last
            if "\0" in text or MARKUP.match(opening):
                raise other_content(extension)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        message = N_("The letters in this file cannot be read. Save it as UTF-8 and send it again.")
        raise InvalidError(message, field="file") from error
    if extension == "json" and opening[:1] + last not in {"{}", "[]"}:
        raise other_content(extension)
