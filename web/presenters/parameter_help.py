"""The page that describes every parameter of a search, from the table that reads them."""

from dataclasses import dataclass

from search.language.periods import FIRST_YEAR, LAST_YEAR
from web.parameters.kinds import (
    ChoiceParameter,
    DateParameter,
    DecimalParameter,
    IntegerParameter,
    LimitsParameter,
    NamesParameter,
    Parameter,
    RegionParameter,
    TextParameter,
    ValueParameter,
    default,
)
from web.parameters.table import SEARCH_PARAMETERS
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """A parameter: its name, what it can be given and how often, what holds without it, and its meaning."""

    name: str
    values: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ParametersPage:
    """All parameters of a search, in the order of the table."""

    rows: tuple[ParameterRow, ...]


def parameters_page(texts: Texts) -> ParametersPage:
    return ParametersPage(tuple(parameter_row(parameter, texts) for parameter in SEARCH_PARAMETERS))


def parameter_row(parameter: Parameter, texts: Texts) -> ParameterRow:
    """How one parameter is described."""
    values = _values(parameter, texts)
    return ParameterRow(
        name=parameter.name,
        values=values if parameter.most == 1 else texts.say("parameters.repeated", values=values),
        default=default(parameter).replace(",", ", "),
        meaning=parameter.meaning.of(texts.language),
    )


def _values(parameter: Parameter, texts: Texts) -> str:
    say = texts.say
    match parameter:
        case TextParameter(longest=None):
            return say("parameters.text")
        case TextParameter(shortest=shortest, longest=longest):
            return say("parameters.text_bounds", low=shortest, high=longest)
        case ValueParameter(field="region"):
            return say("parameters.region_value")
        case ValueParameter(field="year"):
            return say("parameters.year_value", low=FIRST_YEAR, high=LAST_YEAR)
        case ValueParameter():
            return say("parameters.value")
        case RegionParameter():
            return say("parameters.region")
        case IntegerParameter(low=low, high=high) | DecimalParameter(low=low, high=high):
            return f"{low}–{high}"
        case ChoiceParameter(choices=choices):
            return " / ".join(choices)
        case NamesParameter(choices=choices):
            return say("parameters.names", choices=" / ".join(choices))
        case LimitsParameter(choices=choices, most_values=most):
            return say("parameters.limits", choices=" / ".join(choices), most=most)
        case DateParameter():
            return say("parameters.date", low=FIRST_YEAR, high=LAST_YEAR)
        case _:
            raise TypeError(f"{type(parameter).__name__} is not described")
