"""The errors of reading an index in a cluster. None of them holds a password."""

from index.errors import Cause, PolicySearchError
from search.errors import IndexUnavailable


class EngineUnavailable(IndexUnavailable):
    """The cluster does not answer, or cannot answer in full now; that may pass. A short answer is none."""


class UnsupportedPlan(PolicySearchError):
    """A plan that this engine cannot run as it is meant; it is refused rather than run otherwise."""

    kind = "unsupported-plan"
    cause = Cause.BAD_INPUT
