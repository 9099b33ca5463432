"""What stands in the forms of a search, from the pairs of the address."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from web.errors import Fault
from web.parameters.query_string import Pair, readable
from web.parameters.table import SEARCH_PARAMETERS

AFTER: Final = "published_after"
BEFORE: Final = "published_before"
_LED_ELSEWHERE: Final = frozenset({"q", "page", "cursor"})
"""The query has its own field, and another list starts at its first page."""
_KEPT: Final = frozenset(parameter.name for parameter in SEARCH_PARAMETERS) - _LED_ELSEWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What stands in the forms, as it was typed; `invalid` are the names of parameters with a fault.

    `kept` is all that the search box hands on beside the query. `wrong_region` is a region to be mended,
    which is not among them.
    """

    q: str = ""
    kept: tuple[Pair, ...] = ()
    wrong_region: str = ""
    after: str = ""
    before: str = ""
    invalid: frozenset[str] = frozenset()

    def kept_beside(self, fields: Collection[str]) -> tuple[Pair, ...]:
        """What a form has to hand on that has fields of its own for these parameters."""
        return tuple(pair for pair in self.kept if pair[0] not in fields)


EMPTY_FORM = SearchForm()


def search_form(pairs: Sequence[Pair], faults: Sequence[Fault] = ()) -> SearchForm:
    """The form of these pairs. It takes any pairs, so that a page about an error keeps what was typed."""
    shown = tuple((readable(name), readable(value)) for name, value in pairs if value)
    invalid = frozenset(fault.parameter for fault in faults)
    wrong = {(fault.parameter, fault.value) for fault in faults if fault.value is not None}
    mended_elsewhere = {fault.parameter for fault in faults if fault.value is None}
    kept = (pair for pair in shown if pair[0] in _KEPT - mended_elsewhere and pair not in wrong)
    return SearchForm(
        q=_first(shown, "q"),
        kept=tuple(dict.fromkeys(kept)),
        wrong_region=next(
            (value for name, value in shown if name == "region" and (name, value) in wrong), ""
        ),
        after=_first(shown, AFTER),
        before=_first(shown, BEFORE),
        invalid=invalid,
    )


def _first(pairs: Sequence[Pair], wanted: str) -> str:
    return next((value for name, value in pairs if name == wanted), "")
