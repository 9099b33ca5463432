"""The filters of a search as chips, each a link that takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.planning.filters import EXCLUDE, VALUE_FILTERS
from web.parameters.defined.filters import FILTERS
from web.parameters.query_string import Pair
from web.presenters.choices import value_label
from web.presenters.links import search_href, without, without_pair
from web.presenters.region_labels import RegionLabels
from web.presenters.region_tree import REGION
from web.texts.texts import Texts

FILTER_NAMES: Final = tuple(parameter.name for parameter in FILTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An active filter; `joint` says in words how it goes with the one before it."""

    joint: str
    label: str
    remove_label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chips:
    """The chips of a search; `clear_href` is the same search without any filter."""

    chips: tuple[Chip, ...]
    clear_href: str


def chips(pairs: Sequence[Pair], labels: RegionLabels, texts: Texts) -> Chips:
    """The chips of the filters among these pairs."""
    active = tuple(
        dict.fromkeys(
            (name, value) for wanted in FILTER_NAMES for name, value in pairs if name == wanted and value
        )
    )
    before = ("", *(name for name, _ in active))
    return Chips(
        chips=tuple(
            _chip(pair, joined_to, pairs, labels, texts)
            for joined_to, pair in zip(before, active, strict=False)
        ),
        clear_href=search_href(without(pairs, *FILTER_NAMES)),
    )


def shown_value(name: str, value: str, labels: RegionLabels, texts: Texts) -> str:
    """A value of a filter in words."""
    field = name.removeprefix(EXCLUDE)
    return labels.typed(value, texts) if field == REGION else value_label(field, value, texts)


def _chip(pair: Pair, joined_to: str, pairs: Sequence[Pair], labels: RegionLabels, texts: Texts) -> Chip:
    name, value = pair
    label = texts.say(f"chips.{name}", value=shown_value(name, value, labels, texts))
    return Chip(
        joint=_joint(pair[0], joined_to, texts),
        label=label,
        remove_label=texts.say("chips.remove", label=label),
        href=search_href(without_pair(pairs, pair)),
    )


def _joint(name: str, joined_to: str, texts: Texts) -> str:
    """Values of one filter go by OR, all else by AND; what is left out is left out, whatever else holds."""
    if not joined_to:
        return ""
    is_choice = name == joined_to and name in VALUE_FILTERS
    return texts.say("chips.or" if is_choice else "chips.and")
