"""What requests with an Idempotency-Key were answered, so that one that is sent again changes nothing."""

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from index.durable import write_atomic
from web.admin.answers import BatchAnswer
from web.admin.errors import KeyInvalid, KeyReused
from web.admin.passing_lock import PassingLock

MAX_KEPT: Final = 1_000
"""Answers that are kept; the oldest go first. By hand."""

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_SUFFIX: Final = ".json"
_LOCK_SUFFIX: Final = ".lock"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The key of a request, and a digest of all that it asks for."""

    key: str
    asked: str

    @classmethod
    def of(cls, key: str, *parts: bytes) -> "RequestKey":
        """Raises KeyInvalid where this cannot be a key."""
        if not _KEY.fullmatch(key):
            raise KeyInvalid("a key has 1 to 255 printable characters of ASCII and no spaces")
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return cls(key, digest.hexdigest())

    def check(self, other: "RequestKey") -> None:
        """Raise KeyReused where another request has the same key."""
        if other.asked != self.asked:
            raise KeyReused("this Idempotency-Key belongs to another request; take a new one")


class _Kept(msgspec.Struct, frozen=True):
    """What a file holds."""

    key: str
    asked: str
    answer: BatchAnswer


_KEPT: Final = msgspec.json.Decoder(_Kept)


@dataclass(frozen=True, slots=True)
class ReplayFiles:
    """One file for each answer, in a folder that is made when it is first needed."""

    folder: Path
    most: int = MAX_KEPT

    def find(self, request: RequestKey) -> BatchAnswer | None:
        """What this request was answered; None if it was not seen, or so long ago that it is forgotten.

        Raises KeyReused, and OSError.
        """
        try:
            data = self._path(request).read_bytes()
        except FileNotFoundError:
            return None
        try:
            kept = _KEPT.decode(data)
        except UNDECODABLE as error:
            _log.warning("the kept answer to a request cannot be read, so it is done again: %s", error)
            return None
        request.check(RequestKey(kept.key, kept.asked))
        return kept.answer

    @contextmanager
    def alone(self, request: RequestKey, gives_up: Callable[[], bool]) -> Iterator[None]:
        """Wait until nobody else works on a request with this key, in whichever process, and keep them off
        meanwhile. Raises WriterBusy once `gives_up`, and OSError."""
        self._make_folder()
        with PassingLock(self._path(request).with_suffix(_LOCK_SUFFIX)).held(gives_up):
            yield

    def keep(self, request: RequestKey, answer: BatchAnswer) -> None:
        """Keep an answer, durably. Raises OSError."""
        self._make_folder()
        write_atomic(self._path(request), msgspec.json.encode(_Kept(request.key, request.asked, answer)))
        paths = sorted(self._kept(), key=lambda kept: kept[1], reverse=True)
        for path, _ in paths[self.most :]:
            path.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def _kept(self) -> Iterator[tuple[Path, int]]:
        for path in self.folder.glob(f"*{_SUFFIX}"):
            yield path, path.stat().st_mtime_ns

    def _path(self, request: RequestKey) -> Path:
        return self.folder / f"{hashlib.sha256(request.key.encode('ascii')).hexdigest()}{_SUFFIX}"
