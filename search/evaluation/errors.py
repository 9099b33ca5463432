"""The kind of error that only evaluation raises."""

from index.errors import Cause, PolicySearchError


class EvaluationInputInvalid(PolicySearchError):
    """A file of an evaluation cannot be used; the message names the file, the place and what to change."""

    kind = "evaluation-input-invalid"
    cause = Cause.BAD_INPUT
