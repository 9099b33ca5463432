"""Reads which of our languages an Accept-Language header prefers."""

import re
from collections.abc import Iterator

from web.texts.text import Language

MAX_RANGES = 32
"""Ranges of one header that are looked at; browsers send fewer than ten."""

_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7})\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def accepted_language(header: str) -> Language | None:
    """The language with the highest weight, of equal ones the first; None if we have none of them.

    What is not written as RFC 9110 wants it is passed over.
    """
    weighted = sorted(_ranges(header), key=lambda one: -one[1])
    return next((language for language, _ in weighted), None)


def _ranges(header: str) -> Iterator[tuple[Language, float]]:
    for written in header.split(",")[:MAX_RANGES]:
        if (read := _RANGE.fullmatch(written)) is None:
            continue
        weight = 1.0 if read.group(2) is None else float(read.group(2))
        language = _language(read.group(1))
        if language is not None and weight > 0:
            yield language, weight


def _language(tag: str) -> Language | None:
    """A script that is named counts more than a place: zh-Hans-HK is Simplified."""
    primary, *rest = tag.lower().split("-")
    if primary == "en":
        return Language.EN
    if primary != "zh":
        return None
    is_traditional = "hans" not in rest and not _TRADITIONAL.isdisjoint(rest)
    return Language.HANT if is_traditional else Language.HANS
