"""Why there is no ranking by meaning."""

from typing import ClassVar

from index.errors import Cause, PolicySearchError


class EmbedderMissing(PolicySearchError):
    """What an embedder needs is not installed; the message says how to install it."""

    kind: ClassVar[str] = "embedder-missing"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


class EmbedderUnusable(PolicySearchError):
    """A model that cannot be loaded, or gives no vectors; the message names it and the reason."""

    kind: ClassVar[str] = "embedder-unusable"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


class SemanticOff(PolicySearchError):
    """A ranking by meaning was asked for where no embedder is set up; the message says how to set one up."""

    kind: ClassVar[str] = "semantic-off"
    cause: ClassVar[Cause] = Cause.BAD_INPUT
