"""The search form and the chips of its filters, from the pairs of the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.errors import Fault
from web.parameters.query_string import Pair, readable
from web.parameters.table import SEARCH_PARAMETERS
from web.presenters.links import search_href, without, without_pair
from web.texts import say

FILTERS = ("region", "exclude_region", "source", "exclude_source", "published_after", "published_before")
_JOINED_BY_OR = frozenset({"region", "source"})
_HIDDEN = frozenset(parameter.name for parameter in SEARCH_PARAMETERS) - {"q", "page", *FILTERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An active filter; `joint` says in words how it goes with the one before it."""

    joint: str
    label: str
    remove_label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What stands in the form, as it was typed; `invalid` are the names of parameters with a fault.

    `wrong_region` is a region to be mended, which is not among the `regions`.
    """

    q: str = ""
    regions: tuple[str, ...] = ()
    excluded_regions: tuple[str, ...] = ()
    wrong_region: str = ""
    sources: tuple[str, ...] = ()
    excluded_sources: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    hidden: tuple[Pair, ...] = ()
    invalid: frozenset[str] = frozenset()
    chips: tuple[Chip, ...] = ()
    clear_href: str = "/search"


EMPTY_FORM = SearchForm()


def search_form(pairs: Sequence[Pair], faults: Sequence[Fault] = ()) -> SearchForm:
    """The form of these pairs. It takes any pairs, so that a page about an error keeps what was typed."""
    shown = tuple((readable(name), readable(value)) for name, value in pairs if value)
    invalid = frozenset(fault.parameter for fault in faults)
    wrong = {fault.value for fault in faults if fault.parameter == "region"}
    regions = _all(shown, "region")
    return SearchForm(
        q=_first(shown, "q"),
        regions=tuple(region for region in regions if region not in wrong),
        excluded_regions=_all(shown, "exclude_region"),
        wrong_region=next((region for region in regions if region in wrong), ""),
        sources=_all(shown, "source"),
        excluded_sources=_all(shown, "exclude_source"),
        after=_first(shown, "published_after"),
        before=_first(shown, "published_before"),
        hidden=tuple(pair for pair in shown if pair[0] in _HIDDEN - invalid),
        invalid=invalid,
        chips=_chips(shown),
        clear_href=search_href(without(shown, *FILTERS)),
    )


def filter_label(pair: Pair) -> str:
    """An active filter in words, such as 来源：浙江日报."""
    name, value = pair
    return say(f"chips.{name}", value=value)


def _all(pairs: Sequence[Pair], wanted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name, value in pairs if name == wanted))


def _first(pairs: Sequence[Pair], wanted: str) -> str:
    return next(iter(_all(pairs, wanted)), "")


def _chips(pairs: Sequence[Pair]) -> tuple[Chip, ...]:
    active = tuple((name, value) for name in FILTERS for value in _all(pairs, name))
    chips = []
    previous = ""
    for name, value in active:
        joint = ""
        if previous:
            joint = say("chips.or") if name == previous and name in _JOINED_BY_OR else say("chips.and")
        label = filter_label((name, value))
        chips.append(
            Chip(
                joint=joint,
                label=label,
                remove_label=say("chips.remove", label=label),
                href=search_href(without_pair(pairs, (name, value))),
            )
        )
        previous = name
    return tuple(chips)
