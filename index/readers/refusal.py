"""Why an input is not taken in."""

from enum import StrEnum

from index.errors import Cause, PolicySearchError


class Refusal(StrEnum):
    """The reasons, as they stand at the head of a report's line."""

    MISSING = "missing-file"
    UNREADABLE = "unreadable-file"
    LINK_LEADS_OUT = "link-leads-out"
    UNKNOWN_KIND = "unknown-file-kind"
    FILE_TOO_LARGE = "file-too-large"
    BAD_ENCODING = "bad-encoding"
    BAD_GZIP = "bad-gzip"
    LINE_TOO_LONG = "line-too-long"
    INVALID_JSON = "invalid-json"
    UNKNOWN_KEY = "unknown-key"
    BAD_VALUE = "bad-value"
    BAD_TEXT = "bad-text"
    TEXT_TOO_LONG = "text-too-long"
    EMPTY = "empty"
    TOO_COSTLY = "too-costly"
    FAULT = "fault-of-this-program"
    ARCHIVE_TOO_LARGE = "archive-too-large"
    BAD_ARCHIVE = "bad-archive"
    ENCRYPTED = "encrypted"
    UNPARSABLE_TABLE = "unparsable-table"
    UNKNOWN_HEADER = "unknown-header"
    REPEATED_KEY = "repeated-key"
    UNPARSABLE_HTML = "unparsable-html"
    UNPARSABLE_PDF = "unparsable-pdf"
    UNPARSABLE_WORD = "unparsable-word"
    NO_TEXT = "no-text"


class RefusedRecord(PolicySearchError):
    """One page or record cannot become an article; the others can."""

    kind = "refused-record"
    cause = Cause.BAD_INPUT

    def __init__(self, refusal: Refusal, explanation: str) -> None:
        super().__init__(f"{refusal}: {explanation}")
        self.refusal = refusal
