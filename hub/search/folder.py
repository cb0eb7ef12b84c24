"""The index folder on this node: signed manifest, lock, request for a rebuild. Knows no engine's file format.

A manifest names every file of the index with its digest and is signed with a secret kept beside the folder, so that
an index that the hub did not write, or that was damaged, is never opened: engines unpickle what they read.
"""

import fcntl
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from pathlib import Path

from hub.config import private_opener
from hub.core.disk import sync_folder

FORMAT = 8
"""Raised when the layout of the index changes, so that an older one is rebuilt."""

MANIFEST = "manifest"
KEY_BYTES = 32


class DamagedIndexError(Exception):
    """The index is missing, was changed by somebody else, or was written by another version of the hub."""


@dataclass(frozen=True)
class Manifest:
    """What the index consists of at one moment.

    Args:
        engine: name of the engine that wrote it.
        generation: folder, inside the index folder, of this build.
        number: the last journal number taken in.
        files: digest by path below the generation's folder.
        format: layout version.
    """

    engine: str
    generation: str
    number: int
    files: Mapping[str, str]
    format: int = FORMAT


class IndexFolder:
    """One node's index folder and the files beside it.

    Args:
        path: the folder; it may be deleted at any time. The lock, the key and the rebuild request stand beside it.
        engine: name of the engine whose index it holds.
    """

    def __init__(self, path: Path, engine: str) -> None:
        self.path = path
        self.engine = engine
        self._key_file = path.with_name(f"{path.name}-key")
        self._lock_file = path.with_name(f"{path.name}.lock")
        self._wanted_file = path.with_name(f"{path.name}-rebuild")

    # --- manifest ---

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes with every new manifest, for a cheap look before each search; None without one."""
        try:
            status = (self.path / MANIFEST).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def read(self) -> Manifest:
        """Return the manifest.

        Raises:
            DamagedIndexError: there is none, its signature is wrong, or another version or engine wrote it.
        """
        try:
            owner = self.path.stat().st_uid
            signature, _, payload = (self.path / MANIFEST).read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedIndexError("no manifest can be read") from error
        if owner != os.geteuid():
            raise DamagedIndexError("the index folder belongs to another user")
        if not hmac.compare_digest(signature.encode(), self._sign(payload).encode()):
            raise DamagedIndexError("the manifest is not signed by this hub")
        data = json.loads(payload)
        if data["format"] != FORMAT or data["engine"] != self.engine:
            raise DamagedIndexError("another version or engine wrote the index")
        return Manifest(**data)

    def write(self, manifest: Manifest) -> None:
        """Replace the manifest durably and at once; the files it names must be on the disk already."""
        payload = json.dumps(asdict(manifest), sort_keys=True)
        temporary = self.path / f"{MANIFEST}.new"
        with open(temporary, "w", encoding="utf-8", opener=private_opener) as file:
            file.write(f"{self._sign(payload)}\n{payload}")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path / MANIFEST)
        sync_folder(self.path)

    def check_file(self, manifest: Manifest, name: str) -> Path:
        """Return the path of file `name` of the manifest's generation.

        Raises:
            DamagedIndexError: it is missing or differs from what was written.
        """
        path = self.path / manifest.generation / name
        try:
            sound = name in manifest.files and digest_of(path) == manifest.files[name]
        except OSError as error:
            raise DamagedIndexError(f"{name} cannot be read") from error
        if not sound:
            raise DamagedIndexError(f"{name} is not what the hub wrote")
        return path

    def is_complete(self) -> bool:
        """Whether the manifest is sound and every file it names is there: a cheap look, without digests."""
        try:
            manifest = self.read()
        except DamagedIndexError:
            return False
        return all((self.path / manifest.generation / name).is_file() for name in manifest.files)

    def is_sound(self) -> bool:
        """Whether the manifest and every file it names are as the hub wrote them."""
        try:
            manifest = self.read()
            for name in manifest.files:
                self.check_file(manifest, name)
        except DamagedIndexError:
            return False
        return True

    def _sign(self, payload: str) -> str:
        return hmac.new(self._key(), payload.encode(), sha256).hexdigest()

    def _key(self) -> bytes:
        try:
            return self._key_file.read_bytes()
        except FileNotFoundError:
            pass
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written whole under another name first, so that no other process ever reads half a key.
        temporary = self._key_file.with_name(f"{self._key_file.name}.{secrets.token_hex(8)}")
        with open(temporary, "xb", opener=private_opener) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(temporary, self._key_file)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
        return self._key_file.read_bytes()

    # --- generations ---

    def new_generation(self) -> str:
        """Make an empty folder for a build and return its name."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        name = f"generation-{secrets.token_hex(6)}"
        (self.path / name).mkdir(mode=0o700)
        return name

    def sweep(self, keep: Manifest) -> None:
        """Delete what `keep` does not name: older generations and the leftovers of interrupted writes."""
        for entry in self.path.iterdir():
            if entry.name.startswith("generation-") and entry.name != keep.generation:
                shutil.rmtree(entry, ignore_errors=True)
        generation = self.path / keep.generation
        for file in generation.glob("*/*"):
            if file.relative_to(generation).as_posix() not in keep.files:
                if file.is_dir():
                    shutil.rmtree(file, ignore_errors=True)
                else:
                    file.unlink(missing_ok=True)

    # --- the request for a rebuild ---

    def want_rebuild(self) -> None:
        """Ask the indexer, in whichever process it runs, for a rebuild."""
        self._wanted_file.touch(mode=0o600)

    def is_rebuild_wanted(self) -> bool:
        """Whether somebody asked for a rebuild since the last one began."""
        return self._wanted_file.exists()

    def forget_rebuild(self) -> None:
        """Take the request back, before answering it."""
        self._wanted_file.unlink(missing_ok=True)

    # --- the lock ---

    @contextmanager
    def lock(self) -> Iterator[bool]:
        """Hold the right to write the index, if nobody else does.

        Yields:
            whether the lock was taken. It ends with the block, or with the process.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self._lock_file, "a", opener=private_opener) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def digest_of(path: Path) -> str:
    """Return the BLAKE2b digest of a file.

    Raises:
        OSError: it cannot be read.
    """
    digest = blake2b(digest_size=20)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
