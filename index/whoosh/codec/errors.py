"""The kind of error that the codec raises."""

from pathlib import Path

from index.errors import Cause, PolicySearchError


class SegmentDamaged(PolicySearchError):
    """A segment file is not as it was written; the index it belongs to has to be built again."""

    kind = "segment-damaged"
    cause = Cause.INTERNAL

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the segment {path.name} is damaged: {reason}; run `policy-search rebuild`")
