"""The files of the query log: one for each hour, of JSON lines, that several processes add to at once."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from search.query_log.record import QueryRecord

_NAME: Final = "%Y-%m-%dT%H.jsonl"
_ANY_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}\.jsonl")


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records are kept, and in how many bytes at most; the oldest hours go first."""

    days: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line: a search, or how many searches could not be recorded before it."""

    search: QueryRecord | None = None
    lost: int = 0

    def encoded(self) -> bytes:
        """One line without its end. Raises UnicodeEncodeError for text with lone surrogates."""
        if self.search is None:
            return msgspec.json.encode({"lost": self.lost})
        return msgspec.json.encode({"search": self.search})


_LINE: Final = msgspec.json.Decoder(LogLine)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the log, and the hour (aware, its first instant) that it is from; None: it is damaged."""

    hour: datetime
    line: LogLine | None


@dataclass(frozen=True, slots=True)
class QueryLogFiles:
    """The log in a folder of its own, which is made when it is first needed.

    The time of a record is that of its file, in whole hours. Lines are added by one call of the system each
    time, which does not mix with those of other processes.
    """

    root: Path

    def append(self, lines: Sequence[bytes], now: datetime, retention: Retention) -> int:
        """Add lines to the hour of `now` (aware), and remove what is past its retention.

        Returns how many of them, from the first on, are in the log: fewer than were given where this hour
        alone takes all the room that there is, or the disk is full. Raises OSError.
        """
        # A line feed at both ends: what a killed process left of a line must cost no other line.
        data = b"\n" + b"".join(line + b"\n" for line in lines)
        self.root.mkdir(mode=0o700, exist_ok=True)
        if not self.prune(now, Retention(retention.days, retention.size - len(data))):
            return 0
        descriptor = os.open(
            self.root / _name(now), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        try:
            written = os.write(descriptor, data)
        finally:
            os.close(descriptor)
        return data[1:written].count(b"\n")

    def prune(self, now: datetime, retention: Retention) -> bool:
        """Remove the hours that are too old, and the oldest until the rest fits; False if it does not.

        The hour of `now` stays. Raises OSError.
        """
        oldest = _name(now - timedelta(days=retention.days))
        sizes = {path: size for path in self._paths() if (size := _size(path)) is not None}
        room = retention.size - sum(sizes.values())
        for path, size in sizes.items():
            if path.name >= _name(now):
                break
            if path.name < oldest or room < 0:
                path.unlink(missing_ok=True)
                room += size
        return room >= 0

    def read(self, since: datetime) -> Iterator[ReadLine]:
        """The lines of the hours from that of `since` (aware) on, the oldest first. Raises OSError."""
        for path in self._paths():
            hour = _hour(path)
            if path.name < _name(since) or hour is None:
                continue
            # Another process may have removed it meanwhile.
            with suppress(FileNotFoundError), path.open("rb") as file:
                for data in file:
                    if data.strip():
                        yield ReadLine(hour, _decoded(data))

    def forget(self) -> int:
        """Remove every record; returns how many hours had any. Raises OSError."""
        paths = self._paths()
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever recorded, or all of it is gone. Raises OSError."""
        return not self._paths()

    def _paths(self) -> list[Path]:
        """The files, the oldest first."""
        try:
            return sorted(path for path in self.root.iterdir() if _ANY_NAME.fullmatch(path.name))
        except FileNotFoundError:
            return []


def _name(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_NAME)


def _hour(path: Path) -> datetime | None:
    """The first instant of an hour; None where no calendar has the day, so that the file is not the log's."""
    try:
        return datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def _size(path: Path) -> int | None:
    """Bytes of a file; None where another process has removed it."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _decoded(data: bytes) -> LogLine | None:
    try:
        return _LINE.decode(data)
    except UNDECODABLE:
        return None
