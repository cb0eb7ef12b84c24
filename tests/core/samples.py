"""Files as people send them, and hostile ones, made on the spot; and the sending of them."""

import io
import struct
import zipfile

import pytest
from PIL import Image

from hub.core.errors import InvalidError
from hub.core.uploads import accept_file

OOXML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}.presentationml.presentation"),
}
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def send(folder, filename, content, **options):
    """Have a file checked and kept."""
    return accept_file(folder, filename, io.BytesIO(content), **options)


def refusal(folder, filename, content, **options):
    """Return why a file is refused; nothing of it is kept."""
    with pytest.raises(InvalidError) as caught:
        send(folder, filename, content, **options)
    assert caught.value.field == "file"
    assert not [path for path in folder.rglob("*") if path.is_file()]
    return str(caught.value)


def archive(entries, *, compression=zipfile.ZIP_DEFLATED):
    """Return a ZIP of (name or ZipInfo, content) pairs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return made.getvalue()


def office(kind, *more, content_type=""):
    """Return a document of Office with further (name, content) parts."""
    main, media_type = MAIN[kind]
    types = (
        f'<Types><Override PartName="/{main}" ContentType="{content_type or media_type}.main+xml"/></Types>'
    )
    return archive([("[Content_Types].xml", types), (main, "<document/>"), *more])


def open_document(kind, *more, manifest="<manifest/>"):
    """Return an OpenDocument with further (name, content) parts."""
    media_type = f"application/vnd.oasis.opendocument.{ODF[kind]}"
    return archive(
        [
            (zipfile.ZipInfo("mimetype"), media_type),
            ("content.xml", "<document/>"),
            ("META-INF/manifest.xml", manifest),
            *more,
        ]
    )


def picture(form, *, size=(40, 20), mode="RGB", colour=None, **options):
    """Return a picture in a Pillow format, its left half dark."""
    drawn = Image.new(mode, size, colour or "white")
    drawn.paste("black" if mode == "RGB" else 0, (0, 0, size[0] // 2, size[1]))
    made = io.BytesIO()
    drawn.save(made, form, **options)
    return made.getvalue()


def good(kind):
    """Return a sound file of a kind."""
    if kind in MAIN:
        return office(kind)
    if kind in ODF:
        return open_document(kind)
    texts = {
        "pdf": PDF,
        "csv": "name,country\nProZorro,UA\n".encode("utf-16"),
        "txt": "ძალიან კარგი\n".encode(),
        "md": b"\xef\xbb\xbf# Title\n\nWords.\n",
        "json": b' {"a": [1, 2]}\n',
        "zip": archive([("notes/a.txt", "words"), ("report.docx", office("docx"))]),
    }
    forms = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
    return picture(forms[kind]) if kind in forms else texts[kind]


def lying_archive():
    """Return a ZIP whose only entry says that it has ten bytes and has a million; its checksum is that of the ten."""
    packed = bytearray(archive([("a.txt", b"0123456789" * 100_000)]))
    checksum = zipfile.crc32(b"0123456789")
    directory = packed.rfind(b"PK\x01\x02")
    struct.pack_into("<I", packed, 14, checksum)
    struct.pack_into("<I", packed, directory + 16, checksum)
    struct.pack_into("<I", packed, 22, 10)
    struct.pack_into("<I", packed, directory + 24, 10)
    return bytes(packed)


def locked_archive():
    """Return a ZIP whose entry is marked as having a password."""
    packed = bytearray(archive([("a.txt", "secret")]))
    packed[6] |= 1
    packed[packed.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)
