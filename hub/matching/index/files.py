"""Writes and reads the index folder: arrays of numbers, keys and digests. No word of any text is in it."""

import json
import os
from collections.abc import Callable
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import numpy as np

from hub.config import private_opener
from hub.core.disk import sync_folder
from hub.matching import texts
from hub.matching.facts import Kind
from hub.matching.index.following import Hashed, Known
from hub.matching.index.journal import Position
from hub.matching.index.spaces import joined
from hub.matching.space import Space
from hub.search.folder import DamagedIndexError, IndexFolder, Manifest, digest_of

ROOT = Path(__file__).parents[2]
SOURCES = (
    "matching/*.py",
    "matching/subjects/*.py",
    "matching/index/*.py",
    "search/analysis/**/*.py",
    "search/analysis/data/*.json",
    "vocabularies/data/**/*.json",
)
"""What makes or reads the arrays: whatever changes there, they are made anew."""

REST = "rest.json"
TERM_BYTES = 8


def hashing(secret: str) -> Hashed:
    """Return what makes numbers of terms, so that nobody reads words out of the files without the secret."""
    key = blake2b(secret.encode(), digest_size=32, person=b"hub-matching").digest()

    def hashed(term: str) -> int:
        digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=TERM_BYTES, key=key).digest()
        return int.from_bytes(digest) >> 1

    return hashed


def index_folder(path: Path, hashed: Hashed) -> IndexFolder:
    """Return the folder, whose files are refused if another version of the hub or another secret wrote them."""
    return IndexFolder(path, f"matching {_version()} {hashed(''):x}")


def write(folder: IndexFolder, known: Known) -> None:
    """Write all that is known beside the files that serve, then have these take their place. For the lock's holder."""
    generation = folder.new_generation()
    place = folder.path / generation
    names = []
    for kind, space in known.spaces.by_kind.items():
        for name, array in space.arrays().items():
            file_name = f"{kind}.{name}.npy"
            _write(place / file_name, partial(np.save, arr=array, allow_pickle=False))
            names.append(file_name)
    rest = {"mark": known.position.mark, "owners": dict(sorted(known.owners.items()))}
    _write(place / REST, partial(_write_json, rest))
    sync_folder(place)
    digests = {name: digest_of(place / name) for name in (*names, REST)}
    manifest = Manifest(folder.engine, generation, known.position.number, digests)
    folder.write(manifest)
    folder.sweep(manifest)


def read(folder: IndexFolder, hashed: Hashed) -> Known:
    """Return what the files hold, whose arrays stay in them until they are needed.

    Raises:
        DamagedIndexError: there are no sound files of this version.
    """
    manifest = folder.read()
    arrays: dict[Kind, dict[str, np.ndarray]] = {kind: {} for kind in Kind}
    try:
        for name in manifest.files:
            path = folder.check_file(manifest, name)
            if name.endswith(".npy"):
                kind, _, of_space = name.removesuffix(".npy").partition(".")
                # a plain array over the same memory: slices of a `memmap` are slow to make
                found = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
                arrays[Kind(kind)][of_space] = found
        rest = json.loads((folder.path / manifest.generation / REST).read_bytes())
        spaces = {kind: Space.of_arrays(kind, each, hashed) for kind, each in arrays.items()}
    except (OSError, ValueError, KeyError) as error:
        raise DamagedIndexError("the files cannot be read") from error
    position = Position(manifest.number, rest["mark"])
    return Known(joined(spaces), position, rest["owners"])


def _write_json(data: object, file: BinaryIO) -> None:
    file.write(json.dumps(data).encode())


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    with open(path, "wb", opener=private_opener) as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


@cache
def _version() -> str:
    digest = blake2b(texts.version().encode(), digest_size=TERM_BYTES)
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
