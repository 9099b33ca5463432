"""All notations as one source of alternatives."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from search.expansion.alternative import AlternativeKind
from search.expansion.folded_run import FoldedRun
from search.expansion.source import Found, Reading
from search.numerals.dates import dates, spans_of_years
from search.numerals.quantities import quantities, units
from search.numerals.shares import ordinals, percentages

NOTATIONS: Final = MappingProxyType(
    {
        "date": dates,
        "years": spans_of_years,
        "percentage": percentages,
        "ordinal": ordinals,
        "quantity": quantities,
        "unit": units,
    }
)


@dataclass(frozen=True, slots=True)
class Notations:
    """Numbers, dates and units in their other notations; `by` is the name of the notation."""

    def found(self, run: FoldedRun) -> Iterator[Found]:
        """Every part that is in one of the notations, unless a word begins before it and ends within it."""
        for name, notation in NOTATIONS.items():
            for part in notation(run.text):
                typed = run.text[part.start : part.end]
                readings = tuple(
                    Reading(form, folded, AlternativeKind.NUMERAL, name)
                    for form in part.forms
                    if (folded := form.lower()) != typed
                )
                if readings and not run.begins_in_a_word(part.start, part.end):
                    yield Found(part.start, part.end, readings)
