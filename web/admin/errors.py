"""The kinds of error that only the admin interface raises."""

from typing import ClassVar

from index.errors import Cause, LineFault, PolicySearchError


class BodyInvalid(PolicySearchError):
    """The body of the request cannot be read; `lines` are what is wrong. Nothing was changed."""

    kind: ClassVar[str] = "invalid-body"
    cause: ClassVar[Cause] = Cause.BAD_INPUT

    def __init__(self, lines: tuple[LineFault, ...]) -> None:
        super().__init__("; ".join(map(str, lines)))
        self.lines = lines


class BatchTooLarge(PolicySearchError):
    """The body has more bytes, or more articles, than one request may have."""

    kind: ClassVar[str] = "batch-too-large"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class ContentUnsupported(PolicySearchError):
    """The body is in a form, or packed in a way, that is not read."""

    kind: ClassVar[str] = "unsupported-content"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class KeyReused(PolicySearchError):
    """The Idempotency-Key was given before, with another request."""

    kind: ClassVar[str] = "idempotency-conflict"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class KeyInvalid(PolicySearchError):
    """The Idempotency-Key is no key."""

    kind: ClassVar[str] = "invalid-key"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class IdMismatch(PolicySearchError):
    """The article in the body has another id than the address."""

    kind: ClassVar[str] = "id-mismatch"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class CountChanged(PolicySearchError):
    """Not as many articles match as were confirmed; `count` is how many do. None was deleted."""

    kind: ClassVar[str] = "count-changed"
    cause: ClassVar[Cause] = Cause.BAD_INPUT

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} articles match; confirm that number")
        self.count = count


class JobUnknown(PolicySearchError):
    """No job has this id, or it ended so long ago that it is forgotten."""

    kind: ClassVar[str] = "job-not-found"
    cause: ClassVar[Cause] = Cause.NOT_FOUND


class GenerationUnusable(PolicySearchError):
    """A kept generation cannot be gone back to: it is damaged, or would be built anew at once."""

    kind: ClassVar[str] = "generation-unusable"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class NotTakenUp(PolicySearchError):
    """What was stored is safe, but searches do not have it, and will not soon: the message says why."""

    kind: ClassVar[str] = "not-taken-up"
    cause: ClassVar[Cause] = Cause.UNAVAILABLE
