"""The kind of error that only the topics raise."""

from index.errors import Cause, PolicySearchError


class TopicRulesInvalid(PolicySearchError):
    """A rule file of topics cannot be used; the message names the file, the place and what to change."""

    kind = "topic-rules-invalid"
    cause = Cause.MISCONFIGURED
