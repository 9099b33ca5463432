"""The kinds of error that only saved searches raise."""

from typing import ClassVar

from index.errors import Cause, PolicySearchError


class SavedSearchOutdated(PolicySearchError):
    """The query of a saved search can no longer be run as it was meant."""

    kind: ClassVar[str] = "saved-search-outdated"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class VersionNeeded(PolicySearchError):
    """A change does not say in `If-Match` which version it is of."""

    kind: ClassVar[str] = "precondition-required"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


class InvalidJson(PolicySearchError):
    """The body of a request is not one object of JSON."""

    kind: ClassVar[str] = "invalid-json"
    cause: ClassVar[Cause] = Cause.BAD_INPUT
