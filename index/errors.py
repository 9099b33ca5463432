"""The root of all errors of the project, and the kinds that the index package raises."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Cause(Enum):
    """Who can do something about an error; the faces choose exit code and HTTP status from it."""

    BAD_INPUT = "bad-input"
    NOT_FOUND = "not-found"
    BUSY = "busy"
    MISCONFIGURED = "misconfigured"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class PolicySearchError(Exception):
    """Base of every error that this project raises on purpose; `str()` says what to do about it."""

    kind: ClassVar[str]
    cause: ClassVar[Cause]


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line of a file, counted from 1; None: with the file as a whole."""

    line: int | None
    reason: str

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"


class LinesInvalid(PolicySearchError):
    """A file that an operator writes cannot be used; its message names the first `lines` that are wrong."""

    kind = "lines-invalid"
    cause = Cause.BAD_INPUT

    def __init__(self, message: str, lines: tuple[LineFault, ...] = ()) -> None:
        super().__init__(message)
        self.lines = lines


class DocumentTooLong(PolicySearchError):
    """A stored article has more searchable text than an index can hold in one document."""

    kind = "document-too-long"
    cause = Cause.BAD_INPUT


class WriterBusy(PolicySearchError):
    """Another process holds the writer lock of the data folder."""

    kind = "busy"
    cause = Cause.BUSY


class CorpusTooNew(PolicySearchError):
    """The database was written by a newer version of this program."""

    kind = "corpus-too-new"
    cause = Cause.MISCONFIGURED


class CorpusMissing(PolicySearchError):
    """There is no database in the data folder yet."""

    kind = "corpus-missing"
    cause = Cause.MISCONFIGURED


class CorpusDamaged(PolicySearchError):
    """The database, or a row of it, does not hold what was written.

    `reason` is what of it, without what to do about it.
    """

    kind = "corpus-damaged"
    cause = Cause.INTERNAL

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


class GenerationMissing(PolicySearchError):
    """No generation of the index has been published yet."""

    kind = "generation-missing"
    cause = Cause.UNAVAILABLE


class GenerationDamaged(PolicySearchError):
    """A generation is not what was written; it has to be set aside and rebuilt.

    `name` is what its engine calls it, such as its folder or its index; `reason` is what of it is wrong.
    """

    kind = "generation-damaged"
    cause = Cause.INTERNAL

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the index generation {name} is damaged: {reason}; run `policy-search rebuild`")
        self.name = name
        self.reason = reason


class GenerationStale(PolicySearchError):
    """A generation was made by another analyzer or format than this program's."""

    kind = "generation-stale"
    cause = Cause.UNAVAILABLE


class StorageFailed(PolicySearchError):
    """Writing or reading the index failed for a reason that may pass; the articles are safe."""

    kind = "storage-failed"
    cause = Cause.UNAVAILABLE


class EngineAway(StorageFailed):
    """What keeps the index is no part of this machine, and does not answer now or can take no more. The
    articles are safe, nothing here has to be mended, and work goes on by itself once it answers."""

    kind = "engine-away"
    cause = Cause.UNAVAILABLE
