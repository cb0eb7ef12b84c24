"""The kinds of files that are taken, by extension, and the error for a file that is of another kind than it says."""

from hub.core.errors import InvalidError
from hub.core.i18n import N_

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "zip": "application/zip",
}

DOCUMENTS = tuple(MEDIA_TYPES)
"""Every kind that is ever taken."""

PICTURES = ("png", "jpg", "jpeg", "webp")
TEXTS = ("csv", "txt", "md", "json")
OFFICE = ("docx", "xlsx", "pptx")
OPEN_DOCUMENTS = ("odt", "ods", "odp")
PACKED = (*OFFICE, *OPEN_DOCUMENTS, "zip")
"""Kinds that are archives inside."""


def other_content(extension: str) -> InvalidError:
    """Return the error for a file that is not what its name says."""
    message = N_("What is in this file is not %(type)s, though its name says so.")
    return InvalidError(message, field="file", type=extension.upper())
