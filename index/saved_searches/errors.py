"""The kinds of error that the store of saved searches raises."""

from typing import ClassVar

from index.errors import Cause, PolicySearchError


class SavedSearchNotFound(PolicySearchError):
    """There is no such saved search, or none that this caller may see."""

    kind: ClassVar[str] = "saved-search-not-found"
    cause: ClassVar[Cause] = Cause.NOT_FOUND


class SavedSearchChanged(PolicySearchError):
    """The saved search is no longer in the state that the caller knows."""

    kind: ClassVar[str] = "precondition-failed"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class LimitReached(PolicySearchError):
    """The owner has as many saved searches, or webhooks, as one may have."""

    kind: ClassVar[str] = "limit-reached"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class SavedSearchesTooNew(PolicySearchError):
    """The database of saved searches was written by a newer version of this program."""

    kind: ClassVar[str] = "saved-searches-too-new"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED
