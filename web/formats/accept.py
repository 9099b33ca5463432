"""Reads which media type an Accept header prefers (RFC 9110, 12.5.1)."""

import re
from collections.abc import Iterator, Sequence

MAX_RANGES = 64
"""Ranges of one header that are looked at; browsers send fewer than ten."""

_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_RANGE = re.compile(rf"({_WORD})/({_WORD})")
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_ANY = "*"


def preferred_type(header: str, offered: Sequence[str]) -> str | None:
    """The offered media type with the highest weight, of equal ones the first; None if none is acceptable.

    The most specific range that fits a type gives its weight. Parameters of a range but its weight are not
    looked at, and what is not written as the RFC wants it is passed over; a header without a single range
    accepts everything.
    """
    ranges = dict(_ranges(header))
    if not ranges:
        return offered[0]
    weighted = [(_weight(media_type, ranges), media_type) for media_type in offered]
    best, media_type = max(weighted, key=lambda one: one[0])
    return media_type if best > 0 else None


def _weight(media_type: str, ranges: dict[str, float]) -> float:
    main = media_type.partition("/")[0]
    for fitting in (media_type, f"{main}/{_ANY}", f"{_ANY}/{_ANY}"):
        if fitting in ranges:
            return ranges[fitting]
    return 0.0


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for written in header.split(",")[:MAX_RANGES]:
        media_range, *parameters = (part.strip() for part in written.split(";"))
        if (read := _RANGE.fullmatch(media_range.lower())) is None:
            continue
        if read.group(1) == _ANY and read.group(2) != _ANY:
            continue
        weight = next((value for name, value in map(_parameter, parameters) if name == "q"), "1")
        if _WEIGHT.fullmatch(weight):
            yield media_range.lower(), float(weight)


def _parameter(written: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    return name.strip().lower(), value.strip()
