"""The copies that this process serves from, private to it and checked while they are made.

Tantivy maps its files into memory, and of a file that is cut short under a map the whole process dies. So nothing is
ever opened in the index folder itself, where such things may happen; only here, where nobody else has any business.
"""

import errno
import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from weakref import finalize

from tantivy import Index, Searcher

from hub.config import private_opener
from hub.search.folder import DamagedIndexError, IndexFolder, Manifest, digest_of
from hub.search.tantivy.workshop import META, is_meta

BLOCK = 1 << 20


class ServingCopies:
    """This process's copies of one index folder. They end with the process, at the latest when another one starts.

    Args:
        folder: the index folder; the copies stand beside it.
    """

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._root = folder.path.with_name(f"{folder.path.name}-serving")
        self._path: Path | None = None
        self._process = 0
        self._held: dict[str, str] = {}
        self._indexes: dict[str, Index] = {}

    def searchers(self, manifest: Manifest, changed: Iterable[str]) -> dict[str, Searcher]:
        """Copy what is new and open the indexes that changed.

        Args:
            manifest: the state to serve.
            changed: the names of the indexes to open.

        Raises:
            DamagedIndexError: a file is missing, or not what the hub wrote.
            OSError: the copies cannot be written.
        """
        own = self._own_folder()
        return {name: self._searcher(own / manifest.generation / name, manifest, name) for name in changed}

    def sweep(self, manifest: Manifest) -> None:
        """Delete the copies that are no longer served from; whoever still reads one has it open."""
        own = self._own_folder()
        for entry in own.iterdir():
            if entry.name != manifest.generation:
                shutil.rmtree(entry, ignore_errors=True)
        prefix = f"{manifest.generation}/"
        wanted = {prefix + _served_as(name) for name in manifest.files}
        for name in self._held.keys() - wanted:
            (own / name).unlink(missing_ok=True)
        self._held = {name: digest for name, digest in self._held.items() if name in wanted}
        self._indexes = {name: index for name, index in self._indexes.items() if name.startswith(prefix)}

    def _searcher(self, path: Path, manifest: Manifest, part: str) -> Searcher:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The table of contents comes last, when all that it names is there.
        names = [name for name in manifest.files if name.startswith(f"{part}/")]
        for name in sorted(names, key=_is_meta_path):
            held = f"{manifest.generation}/{_served_as(name)}"
            if self._held.get(held) != manifest.files[name]:
                self._copy(manifest, name, path.parent / _served_as(name))
                self._held[held] = manifest.files[name]
        key = f"{manifest.generation}/{part}"
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = Index.open(str(path))
            index.config_reader("manual")
        index.reload()
        return index.searcher()

    def _copy(self, manifest: Manifest, name: str, target: Path) -> None:
        new = target.with_name(f"{target.name}.new")
        try:
            source = (self._folder.path / manifest.generation / name).open("rb")
        except OSError as error:
            raise DamagedIndexError(f"{name} cannot be read") from error
        with source, open(new, "wb", opener=private_opener) as copy:
            shutil.copyfileobj(source, copy, BLOCK)
        if digest_of(new) != manifest.files[name]:
            raise DamagedIndexError(f"{name} is not what the hub wrote")
        new.replace(target)

    # --- the folder of this process ---

    def _own_folder(self) -> Path:
        if self._path is None or self._process != os.getpid() or not self._path.is_dir():
            self._process, self._held, self._indexes = os.getpid(), {}, {}
            self._path = self._begin()
        return self._path

    def _begin(self) -> Path:
        """Make a folder that is this process's as long as its lock is held, and delete those of ended processes."""
        _make_private(self._root)
        path = self._root / secrets.token_hex(8)
        # Locked before it has the name under which others look at it.
        waiting = path.with_suffix(".new")
        lock = open(waiting, "wb", opener=private_opener)  # noqa: SIM115 - held as long as the process lives
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        waiting.replace(path.with_suffix(".lock"))
        path.mkdir(mode=0o700)
        finalize(self, _end, path, lock, os.getpid())
        for other in self._root.glob("*.lock"):
            _sweep_if_ended(other)
        return path


def _make_private(path: Path) -> None:
    """Make a folder that nobody else can look into or write to, if there is none.

    Raises:
        OSError: it cannot be made, or what stands there is no folder of the hub's own user.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "not a folder of the hub's own user", str(path))
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        path.chmod(0o700)


def _is_meta_path(name: str) -> bool:
    """Whether a path of a manifest is that of a table of contents."""
    return is_meta(name.rpartition("/")[2])


def _served_as(name: str) -> str:
    """Return where a file of a manifest stands among the copies: tantivy wants one name for its table of contents."""
    return f"{name.rpartition('/')[0]}/{META}" if _is_meta_path(name) else name


def _end(path: Path, lock: BinaryIO, process: int) -> None:
    lock.close()
    if process == os.getpid():  # a child that was forked off has folders of its own
        shutil.rmtree(path, ignore_errors=True)
        path.with_suffix(".lock").unlink(missing_ok=True)


def _sweep_if_ended(lock_file: Path) -> None:
    with suppress(OSError), lock_file.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(lock_file.with_suffix(""), ignore_errors=True)
        lock_file.unlink(missing_ok=True)
