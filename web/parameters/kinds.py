"""The kinds of parameters of the query interface, and how the reference page writes them."""

from dataclasses import dataclass

from search.language.periods import FIRST_YEAR, LAST_YEAR
from web.errors import FaultKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter; `zh` and `en` say what it means. `most` is how often it may be given."""

    name: str
    zh: str
    en: str
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParameter(Parameter):
    """Any text of `shortest` to `longest` code points; None: only the request's own size bounds it.

    `too_long` is the kind of fault that a longer one is.
    """

    shortest: int = 0
    longest: int | None = None
    too_long: FaultKind = FaultKind.TOO_LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionParameter(Parameter):
    """A region by its code, name, letter, former name or area, in either script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerParameter(Parameter):
    """A whole number in ASCII digits, `low` and `high` included."""

    low: int
    high: int
    default: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceParameter(Parameter):
    """One of the `choices`; `default` is None where it depends on other parameters."""

    choices: tuple[str, ...]
    default: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesParameter(Parameter):
    """Some of the `choices`, parted by commas or given several times."""

    choices: tuple[str, ...]
    default: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateParameter(Parameter):
    """A year, a month or a day in +08:00."""


def bounds(parameter: Parameter) -> str:
    """Kind and bounds of a parameter in English, as in the reference page."""
    match parameter:
        case TextParameter(longest=None):
            kind = "text"
        case TextParameter(shortest=shortest, longest=longest):
            kind = f"text, {shortest}–{longest} code points"
        case IntegerParameter(low=low, high=high):
            kind = f"{low}–{high}"
        case ChoiceParameter(choices=choices):
            kind = " ".join(f"`{choice}`" for choice in choices)
        case NamesParameter(choices=choices):
            return "comma or repeated: " + " ".join(f"`{choice}`" for choice in choices)
        case RegionParameter():
            kind = "code, name, letter, former name or area"
        case _:
            kind = f"`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, {FIRST_YEAR}–{LAST_YEAR}"
    return kind if parameter.most == 1 else f"{kind}, repeatable ≤ {parameter.most}"


def default(parameter: Parameter) -> str:
    """The default of a parameter as it would be written in a query string; "" where it has none."""
    match parameter:
        case IntegerParameter(default=number):
            return str(number)
        case ChoiceParameter(default=str(choice)):
            return choice
        case NamesParameter(default=names):
            return ",".join(names)
        case _:
            return ""
