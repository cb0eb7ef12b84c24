"""Draws pictures anew, so that only what is seen of them is kept: no place, no camera, nothing hidden behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore
from typing import BinaryIO

from PIL import Image, ImageOps

from hub.core.errors import InvalidError, UnavailableError
from hub.core.i18n import N_

MAX_PIXELS = 40_000_000
"""Pixels of a picture: unpacked they take up to four bytes each, and turning one round takes as many again."""

MILLION = 1_000_000

AT_ONCE = 1
"""Pictures that one process draws at the same time."""

PATIENCE = 20.0
"""Seconds that a further picture waits for its turn."""

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}

QUALITY = 90
"""Of JPEG and WebP, from 1 to 100."""

PLAIN_MODES = {
    "JPEG": ("L", "RGB"),
    "WEBP": ("RGB", "RGBA"),
    "PNG": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA"),
}
"""How pixels may be stored; others are brought to RGB."""

_turns = BoundedSemaphore(AT_ONCE)


def redraw(file: BinaryIO, extension: str) -> bytes:
    """Return a picture drawn anew: upright, its first frame only, without metadata and colour profile.

    Args:
        file: the picture as it was sent.
        extension: one of `PICTURES`; no other format is even tried.

    Raises:
        InvalidError: with field `file`: the picture is damaged, or has more than `MAX_PIXELS`.
        UnavailableError: other pictures are being drawn, and no turn came.
    """
    form = FORMATS[extension]
    with _turn():
        picture = _read(file, form)
        drawn = BytesIO()
        picture.save(drawn, form, quality=QUALITY)
        return drawn.getvalue()


def _read(file: BinaryIO, form: str) -> Image.Image:
    file.seek(0)
    with _judged():
        picture = Image.open(file, formats=[form])
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large()
    with _judged():
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        return _plain(picture, form)


@contextmanager
def _judged() -> Iterator[None]:
    """Name what is wrong with a picture that cannot be read; damaged bytes make decoders fail in many ways."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:
        message = N_("This picture is damaged or incomplete. Save it anew and send it again.")
        raise InvalidError(message, field="file") from error


def _plain(picture: Image.Image, form: str) -> Image.Image:
    """Return the pixels without what travels beside them; what is transparent stays so."""
    if picture.mode not in PLAIN_MODES[form]:
        has_alpha = form != "JPEG" and picture.has_transparency_data
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    elif picture.mode == "RGB" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    kept = picture.info.get("transparency")
    picture.info = {} if kept is None else {"transparency": kept}
    return picture


def _too_large() -> InvalidError:
    message = N_("This picture has more than %(limit)s million pixels. Make it smaller and send it again.")
    return InvalidError(message, field="file", limit=MAX_PIXELS // MILLION)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise UnavailableError(N_("Many pictures are being sent at the moment. Try again in a minute."))
    try:
        yield
    finally:
        _turns.release()
