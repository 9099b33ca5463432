"""How far jobs are, in files: whichever process of a server is asked gives the same answer."""

import logging
import re
import secrets
import threading
import time
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from index.durable import write_atomic
from index.errors import WriterBusy
from index.indexer import never
from web.admin.job_record import JobRecord
from web.admin.jobs import Job
from web.admin.passing_lock import PassingLock, is_held, sweep

MAX_KEPT: Final = 1_000
"""Jobs that others can be told of; the one that changed longest ago goes first. By hand."""
PACE_S: Final = 0.5
"""How often the progress of a job is written at most: how far behind another process may be."""

_ID: Final = re.compile(r"[0-9a-f]{16}")
_SUFFIX: Final = ".json"
_LOCK_SUFFIX: Final = ".lock"

_log = logging.getLogger(__name__)


class _Kept(msgspec.Struct, frozen=True):
    """What a file holds; the process that runs the job has the lock called `owner`."""

    owner: str
    record: JobRecord


_KEPT: Final = msgspec.json.Decoder(_Kept)


class JobFiles:
    """The jobs of this process for others, and those of others; safe to share between threads.

    A job has a file from the moment that somebody is told to ask for it. Its process holds a lock: where the
    lock is free and the job not at its end, the process has died, and the job with it.
    """

    def __init__(self, folder: Path, most: int = MAX_KEPT) -> None:
        """The folder is made when it is first needed."""
        self._folder = folder
        self._most = most
        self._owner = secrets.token_hex(8)
        self._own: PassingLock | None = None
        self._lock = threading.Lock()
        self._published: dict[str, float] = {}
        """When each was last written, of those that others can ask for."""

    def publish(self, job: Job) -> None:
        """Let others know of this job from now on; where that cannot be written, only this process does."""
        with self._lock:
            try:
                self._open()
            except OSError as error:
                _log.warning("other processes are not told of job %s: %s", job.id, error)
                return
            self._published[job.id] = -inf
        self.changed(job)

    def changed(self, job: Job) -> None:
        """Write what the job is at, unless that was done a moment ago and it goes on."""
        with self._lock:
            written = self._published.get(job.id)
            if written is None:
                return
            record = JobRecord.of(job)
            now = time.monotonic()
            if record.is_running and now - written < PACE_S:
                return
            self._published[job.id] = now
            if not record.is_running:
                del self._published[job.id]
            try:
                write_atomic(self._path(job.id), msgspec.json.encode(_Kept(self._owner, record)))
            except OSError as error:
                _log.warning("other processes are not told how far job %s is: %s", job.id, error)

    def find(self, job_id: str) -> JobRecord | None:
        """What the job of this id is at, whichever process has it; None where none has. Raises OSError."""
        if not _ID.fullmatch(job_id):
            return None
        kept = self._read(job_id)
        if kept is not None and kept.record.is_running and not self._lives(kept.owner):
            # It may have come to its end, and its process too, since it was read.
            kept = self._read(job_id)
            if kept is not None and kept.record.is_running:
                return kept.record.failed(WriterBusy("the server ended while the job ran; send it again"))
        return None if kept is None else kept.record

    def _read(self, job_id: str) -> _Kept | None:
        try:
            return _KEPT.decode(self._path(job_id).read_bytes())
        except FileNotFoundError:
            return None
        except UNDECODABLE as error:
            _log.warning("what is kept of job %s cannot be read: %s", job_id, error)
            return None

    def close(self) -> None:
        """Say that what still runs here is not waited for."""
        with self._lock:
            self._published.clear()
            if self._own is not None:
                self._own.let_go()
                self._own = None

    def _open(self) -> None:
        """Take the lock of this process, and forget what is too much. Raises OSError."""
        if self._own is None:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            own = PassingLock(self._lock_path(self._owner))
            # Nobody else takes one of this name; who looks at it, or sweeps, does so for a moment.
            own.take(never)
            self._own = own
            for path in self._folder.glob(f"*{_LOCK_SUFFIX}"):
                sweep(path)
        self._forget()

    def _forget(self) -> None:
        written = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            # Another process may forget the same ones.
            with suppress(FileNotFoundError):
                written.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(written)[: max(0, len(written) - self._most)]:
            path.unlink(missing_ok=True)

    def _lives(self, owner: str) -> bool:
        """Whether the process with this lock is there. Raises OSError."""
        return owner == self._owner or is_held(self._lock_path(owner))

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}{_SUFFIX}"

    def _lock_path(self, owner: str) -> Path:
        return self._folder / f"{owner}{_LOCK_SUFFIX}"
