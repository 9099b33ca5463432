"""The errors of an engine on OpenSearch. None of them holds a password."""

from collections.abc import Iterable

from index.errors import Cause, EngineAway, PolicySearchError, StorageFailed


class ClusterSettingsInvalid(PolicySearchError):
    """The cluster cannot be reached with these settings, whatever its state."""

    kind = "cluster-settings"
    cause = Cause.MISCONFIGURED


class ClusterRefused(PolicySearchError):
    """The cluster answers, and refuses: the user, its rights, the certificate or the request.

    `reason` is what it says.
    """

    kind = "cluster-refused"
    cause = Cause.MISCONFIGURED

    def __init__(self, reason: str) -> None:
        super().__init__(f"the search cluster refuses: {reason}")
        self.reason = reason


class ClusterUnavailable(EngineAway):
    """The cluster does not answer, or cannot do now what it was asked to; that may pass. `reason` is why."""

    kind = "cluster-unavailable"
    cause = Cause.UNAVAILABLE

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the search cluster cannot do this now: {reason}; the articles are safe: it goes on once it can"
        )
        self.reason = reason


class GenerationRetired(StorageFailed):
    """The generation that is written to is gone: somebody has removed it. The next run begins anew."""

    kind = "generation-retired"
    cause = Cause.UNAVAILABLE

    def __init__(self, name: str) -> None:
        super().__init__(f"the index {name} is gone from the search cluster; run `policy-search rebuild`")


class AliasAmbiguous(PolicySearchError):
    """The alias that readers use leads to several indexes, so nobody knows which is the right one."""

    kind = "alias-ambiguous"
    cause = Cause.MISCONFIGURED

    def __init__(self, alias: str, indexes: Iterable[str]) -> None:
        super().__init__(
            f"the alias {alias} of the search cluster leads to several indexes ({', '.join(indexes)}); "
            "take it from all but one of them"
        )
