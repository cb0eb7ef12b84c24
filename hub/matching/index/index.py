"""The index of one process: opened from the files, kept abreast of the journal at each use, threads share it."""

import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from sqlalchemy import func, select

from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest
from hub.config import Settings
from hub.core.database import session, session_scope
from hub.core.errors import UnavailableError
from hub.core.i18n import N_
from hub.matching.index import files
from hub.matching.index.following import Known, build, filled, followed
from hub.matching.index.journal import Changes, Unknown, changes_since
from hub.matching.index.spaces import Spaces
from hub.members.models import Profile
from hub.organisations.models import Organisation
from hub.search.folder import MANIFEST, DamagedIndexError

log = logging.getLogger(__name__)

PREPARING = N_("Suggestions are being prepared. Please try again in a few minutes.")

FEW = 500
"""Things that a process puts together by itself, where nobody wrote files: in tests, and before a worker runs."""

LAGGING = 60.0
"""Seconds for which a request may read an older state of the database than another one of this process."""

TRIES = 3
"""Times that the files are read, where they are replaced while they are."""

ADOPT_AFTER = 100
"""Changes that a process takes in by itself before it looks whether the worker wrote newer files."""

WRITE_AFTER = 100
"""Changes after which the worker writes the files anew."""

WRITE_LATEST = 3_600.0
"""Seconds after which it does so for a single change."""


@dataclass(frozen=True)
class _Open:
    """What one process has open.

    Args:
        known: what it knows.
        stamp: of the files that it comes from, None where it was put together from the database.
        since: seconds since 1970 when it came to where it stands in the journal.
    """

    known: Known
    stamp: tuple[int, int] | None
    since: float


class MatchIndex:
    """This node's index of what is suggested. Threads share one; each process has its own.

    Args:
        path: the folder; it may be deleted at any time.
        secret: of the instance, with which terms become numbers.
    """

    def __init__(self, path: Path, secret: str) -> None:
        self._hashed = files.hashing(secret)
        self.folder = files.index_folder(path, self._hashed)
        self._opened: _Open | None = None
        self._lock = Lock()

    def fresh(self) -> Spaces:
        """Return what there is now, with all changes that this session's database tells; they never change later.

        Raises:
            UnavailableError: there are no sound files, and too many things to put together at once.
        """
        opened = self._opened
        if opened is not None:
            changes = changes_since(opened.known.position)
            if _is_abreast(opened, changes):
                return opened.known.spaces
        is_kept = not session().info.get("in_transaction")
        # a session of its own has loaded nothing yet that is older than what the journal tells
        with self._lock, session_scope(session().connection()):
            opened = self._caught_up()
            if is_kept:  # else it may hold what is taken back, not committed
                self._opened = opened
            return opened.known.spaces

    def keep(self) -> bool:
        """Write the files anew where that is due; for the worker, with a session open.

        Returns:
            whether this process holds the lock of the folder.
        """
        with self.folder.lock() as is_ours:
            if is_ours and (self._is_rebuild_due() or not self._is_written()):
                self.rebuild()
            return is_ours

    def rebuild(self) -> int:
        """Write the files anew from the database; return of how many things. For the holder of the folder's lock."""
        self.folder.forget_rebuild()
        known = build(self._hashed)
        self._write(known)
        count, number = known.spaces.count, known.position.number
        log.info("suggestions prepared: %d things at journal number %d", count, number)
        return count

    def forget(self) -> None:
        """Have the next use put everything together from the database alone."""
        with self._lock:
            self._opened = None
            (self.folder.path / MANIFEST).unlink(missing_ok=True)

    # --- with the lock ---

    def _caught_up(self) -> _Open:
        """Return what is known when all changes are taken in."""
        opened = self._opened or self._read() or self._put_together()
        changes = changes_since(opened.known.position)
        if isinstance(changes, Unknown):
            if _may_be_ahead(opened, changes):
                return opened
            log.warning("the database is another one than suggestions were prepared from")
            self._opened = None
            self.folder.want_rebuild()
            return self._put_together()
        if opened.known.taken + changes.count >= ADOPT_AFTER and opened.stamp != self.folder.stamp():
            opened, changes = self._newer(opened, changes)
        if changes.things:
            return replace(opened, known=followed(opened.known, changes), since=time.time())
        if opened.known.missing:
            return replace(opened, known=filled(opened.known))
        return opened

    def _newer(self, opened: _Open, changes: Changes) -> tuple[_Open, Changes]:
        """Return what the worker wrote meanwhile, where less changed since than this process took in by itself."""
        written = self._read()
        since = changes_since(written.known.position) if written is not None else None
        if written is None or since is None or isinstance(since, Unknown):
            return opened, changes
        if since.count < opened.known.taken + changes.count:
            return written, since
        # these files are not read again at each change to come
        return replace(opened, stamp=written.stamp), changes

    def _read(self) -> _Open | None:
        """Return what the files hold; None where there are no sound ones."""
        for _ in range(TRIES):
            stamp = self.folder.stamp()
            if stamp is None:
                return None
            try:
                return _Open(files.read(self.folder, self._hashed), stamp, stamp[1] / 1e9)
            except DamagedIndexError as error:
                if stamp == self.folder.stamp():
                    log.warning("suggestions must be prepared anew: %s", error)
                    self.folder.want_rebuild()
                    return None
        return None

    def _put_together(self) -> _Open:
        """Return a few things from the database.

        Raises:
            UnavailableError: there are many.
        """
        if _count() > FEW:
            self.folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.want_rebuild()
            raise UnavailableError(PREPARING)
        return _Open(build(self._hashed), None, time.time())

    # --- the worker ---

    def _is_rebuild_due(self) -> bool:
        return self.folder.is_rebuild_wanted() or not self.folder.is_complete()

    def _is_written(self) -> bool:
        """Bring the files abreast where enough changed; return whether that was possible."""
        try:
            spaces = self.fresh()
            while self._opened is not None and self._opened.known.missing:
                spaces = self.fresh()
        except UnavailableError:
            return False
        opened = self._opened
        if opened is None or opened.stamp is None:
            return False
        taken = opened.known.taken
        if taken >= WRITE_AFTER or (taken and time.time() - opened.stamp[1] / 1e9 > WRITE_LATEST):
            self._write(opened.known)
            log.info("suggestions brought abreast: %d things", spaces.count)
        return True

    def _write(self, known: Known) -> None:
        files.write(self.folder, known)
        with self._lock:
            self._opened = self._read()


def make_match_index(settings: Settings) -> MatchIndex:
    """Return this process's index of what is suggested, on this node's folder."""
    return MatchIndex(settings.matching_folder, settings.secret_key())


def _is_abreast(opened: _Open, changes: Changes | Unknown) -> bool:
    if isinstance(changes, Unknown):
        return _may_be_ahead(opened, changes)
    return not changes.things and not opened.known.missing


def _may_be_ahead(opened: _Open, unknown: Unknown) -> bool:
    """Whether a session that does not know the last change may have begun before it; else the database was restored."""
    return unknown is Unknown.AHEAD and time.time() - opened.since < LAGGING


def _count() -> int:
    """Return how many things there are at most."""
    tables = (Innovation, Profile, CollaborationRequest, Organisation)
    return sum(session().scalar(select(func.count()).select_from(table)) or 0 for table in tables)
