"""The kinds of parameters of the query interface, and how the reference page writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from search.language.periods import FIRST_YEAR, LAST_YEAR
from web.errors import FaultKind
from web.texts.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter; `most` is how often it may be given."""

    name: str
    meaning: Text
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
class ValueParameter(Parameter):
    """A value of the keyword field `field`, or `_missing`: what a filter of `search.request.Filters` takes.

    Regions come as RegionParameter says, and may have `!` behind them.
    """

    field: str


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
class DecimalParameter(Parameter):
    """A number such as 0.85 in ASCII digits, `low` and `high` included."""

    low: float
    high: float
    default: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceParameter(Parameter):
    """One of the `choices`; `default` is None where it depends on other parameters, or there is none."""

    choices: tuple[str, ...]
    default: str | None
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesParameter(Parameter):
    """Some of the `choices`, parted by commas or given several times."""

    choices: tuple[str, ...]
    default: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsParameter(Parameter):
    """Some of the `choices`, parted by commas or given several times.

    Each has a limit of 1 to `most_values` behind a colon (`source:20`), or without one `default_limit`.
    """

    choices: tuple[str, ...]
    most_values: int
    default_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateParameter(Parameter):
    """A year, a month or a day in +08:00."""


_REGION = "code, name, letter, former name or area"
_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "region": f"{_REGION}, each also with `!`; or `_missing`",
        "year": f"`YYYY` or `YYYY..YYYY`, {FIRST_YEAR}–{LAST_YEAR}; or `_missing`",
    }
)


def bounds(parameter: Parameter) -> str:
    """Kind and bounds of a parameter in English, as in the reference page."""
    match parameter:
        case TextParameter(longest=None):
            kind = "text"
        case TextParameter(shortest=shortest, longest=longest):
            kind = f"text, {shortest}–{longest} code points"
        case ValueParameter(field=field):
            kind = _VALUES.get(field, "value, or `_missing`")
        case IntegerParameter(low=low, high=high) | DecimalParameter(low=low, high=high):
            kind = f"{low}–{high}"
        case ChoiceParameter(choices=choices, is_needed=is_needed):
            kind = _listed(choices) + (", needed" if is_needed else "")
        case NamesParameter(choices=choices):
            return f"comma or repeated: {_listed(choices)}"
        case LimitsParameter(choices=choices, most_values=most):
            return f"comma or repeated, each also as `name:limit`, limit 1–{most}: {_listed(choices)}"
        case RegionParameter():
            kind = _REGION
        case _:
            kind = f"`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, {FIRST_YEAR}–{LAST_YEAR}"
    return kind if parameter.most == 1 else f"{kind}, repeatable ≤ {parameter.most}"


def default(parameter: Parameter) -> str:
    """The default of a parameter as it would be written in a query string; "" where it has none."""
    match parameter:
        case IntegerParameter(default=number) | DecimalParameter(default=number):
            return str(number)
        case ChoiceParameter(default=str(choice)):
            return choice
        case NamesParameter(default=names):
            return ",".join(names)
        case _:
            return ""


def _listed(choices: tuple[str, ...]) -> str:
    return " ".join(f"`{choice}`" for choice in choices)
