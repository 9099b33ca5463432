"""The values of a facet as check boxes: those that are chosen first, each as it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from index.text.folding import Folding
from search.language.field_values import LEVELS
from search.planning.filters import MISSING
from search.results import FacetResult
from web.texts.texts import Texts

FREE_FIELDS: Final = frozenset({"source", "origin", "agency", "tag"})
"""Fields whose values articles bring with them."""
LEVEL: Final = "level"
YEAR: Final = "year"
LEVEL_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {level.value: f"level.{level.value}" for level in LEVELS.values()}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A check box: `value` is what the form sends, `count` is written out, "" where nothing was counted.

    `is_content`: the label is a word of the articles, and not of the interface. `is_free`: it may be any
    text, since an article or the request has it, and not one of our own lists.
    """

    value: str
    label: str
    count: str
    checked: bool
    is_content: bool
    is_free: bool


def choices(facet: FacetResult, typed: Sequence[str], folding: Folding, texts: Texts) -> tuple[Choice, ...]:
    """All values of a facet that are known here; `typed` are those that the request filters by.

    A value of the request that is none of the facet's, such as a range of years, stands first and has no
    count. Values that no article has are there only if they are chosen.
    """
    counted = {value.value: value.count for value in facet.values}
    written = {_stored(facet.field, text, folding): text for text in typed if text != MISSING}
    others = [value for value, count in counted.items() if count and value not in written]
    if facet.field == YEAR:
        others.sort(reverse=True)

    def choice(value: str, text: str, *, checked: bool) -> Choice:
        label = value_label(facet.field, text, texts)
        count = f"{counted[value]:,}" if value in counted else ""
        is_content = label == text
        return Choice(
            value=text,
            label=label,
            count=count,
            checked=checked,
            is_content=is_content,
            is_free=is_content and (checked or facet.field in FREE_FIELDS),
        )

    chosen = sorted(written, key=lambda value: value in counted)
    return (
        *(choice(value, written[value], checked=True) for value in chosen),
        *(choice(value, value, checked=False) for value in others),
        *missing_choice(facet, texts),
    )


def missing_choice(facet: FacetResult, texts: Texts) -> tuple[Choice, ...]:
    """The articles without a value, where there are any or they are chosen."""
    if not facet.missing and not facet.missing_selected:
        return ()
    return (
        Choice(
            value=MISSING,
            label=value_label(facet.field, MISSING, texts),
            count=f"{facet.missing:,}",
            checked=facet.missing_selected,
            is_content=False,
            is_free=False,
        ),
    )


def value_label(field: str, value: str, texts: Texts) -> str:
    """A value of a field for people."""
    if value == MISSING:
        return texts.say("facet.missing")
    if field == LEVEL and value in LEVEL_KEYS:
        return texts.say(LEVEL_KEYS[value])
    if field == YEAR:
        return _years_label(value, texts)
    return value


def _years_label(value: str, texts: Texts) -> str:
    """A year, or years from the first to the last; anything else as it was written."""
    match value.split(".."):
        case [year] if year.isdigit():
            return texts.say("facet.year_value", year=year)
        case [first, last] if first.isdigit() and last.isdigit():
            return texts.say("facet.years_value", first=first, last=last)
        case _:
            return value


def shown_first(known: Iterable[Choice], most: int) -> tuple[Choice, ...]:
    """All that are checked, and others up to so many of both."""
    every = tuple(known)
    room = max(most - sum(choice.checked for choice in every), 0)
    others = [choice for choice in every if not choice.checked][:room]
    return tuple(choice for choice in every if choice.checked or choice in others)


def _stored(field: str, text: str, folding: Folding) -> str:
    """A value of the request as the index writes it."""
    folded = folding.fold(text).strip()
    return LEVELS[folded].value if field == LEVEL and folded in LEVELS else folded
