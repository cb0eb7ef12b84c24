"""Waits until what was written is on the disk and outlives a power cut."""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Return once the file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Return once the names in the folder are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
