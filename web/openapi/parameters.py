"""Parameters as OpenAPI 3.1 describes them."""

import re
from collections.abc import Mapping
from typing import Final

from search.language.periods import FIRST_YEAR, LAST_YEAR
from web.parameters.kinds import (
    ChoiceParameter,
    DateParameter,
    DecimalParameter,
    IntegerParameter,
    LimitsParameter,
    NamesParameter,
    Parameter,
    TextParameter,
    ValueParameter,
)
from web.texts.text import Language
from web.texts.texts import Texts

Schema = dict[str, object]

PERIOD = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
YEARS = r"^([0-9]{4}(\.\.[0-9]{4})?|_missing)$"
"""What a year has to look like; which numbers are years is said beside it."""
ID_PATTERN: Final = r"^(?!\.+$)[A-Za-z0-9._:-]{1,128}$"
"""What `index.describe.identity.is_id` takes; the ids of jobs and saved searches are of it too."""


def id_object(texts: Texts) -> Schema:
    """The Parameter Object of `{id}` in a path."""
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": texts.say("openapi.id"),
        "schema": {"type": "string", "pattern": ID_PATTERN},
    }


def parameter_object(parameter: Parameter, language: Language) -> Mapping[str, object]:
    """The Parameter Object of a parameter in a query string, its meaning in this language.

    An empty value is allowed, and as if there was none.
    """
    described: dict[str, object] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning.of(language),
        "schema": schema_of(parameter),
        "allowEmptyValue": True,
    }
    if is_needed(parameter):
        described["required"] = True
    if is_list(parameter):
        described |= {"style": "form", "explode": True}
    return described


def schema_of(parameter: Parameter) -> Schema:
    """The schema of a parameter; of one that may be given several times, an array."""
    if not is_list(parameter):
        return _value(parameter)
    default = list(parameter.default) if isinstance(parameter, NamesParameter) else None
    return {"type": "array", "items": _value(parameter), "maxItems": parameter.most} | _given(
        "default", default
    )


def is_list(parameter: Parameter) -> bool:
    """Whether it may be given several times."""
    return parameter.most > 1


def is_needed(parameter: Parameter) -> bool:
    """Whether a request without it is refused."""
    match parameter:
        case TextParameter(shortest=shortest):
            return shortest > 0
        case ChoiceParameter(is_needed=needed):
            return needed
        case _:
            return False


def _value(parameter: Parameter) -> Schema:
    """The schema of one value."""
    match parameter:
        case TextParameter(shortest=shortest, longest=longest):
            return {"type": "string", "minLength": shortest} | (
                {} if longest is None else {"maxLength": longest}
            )
        case IntegerParameter(low=low, high=high, default=usual):
            return {"type": "integer", "minimum": low, "maximum": high, "default": usual}
        case DecimalParameter(low=lowest, high=highest, default=standard):
            return {"type": "number", "minimum": lowest, "maximum": highest, "default": standard}
        case ChoiceParameter(choices=choices, default=chosen):
            return {"type": "string", "enum": list(choices)} | _given("default", chosen)
        case NamesParameter(choices=choices):
            return {"type": "string", "pattern": _listed(_one_of(choices))}
        case LimitsParameter(choices=choices):
            return {"type": "string", "pattern": _listed(f"{_one_of(choices)}(:[0-9]{{1,9}})?")}
        case ValueParameter(field="year"):
            return {"type": "string", "pattern": YEARS, "description": f"{FIRST_YEAR}–{LAST_YEAR}"}
        case DateParameter():
            return {"type": "string", "pattern": PERIOD, "description": f"{FIRST_YEAR}–{LAST_YEAR}, +08:00"}
        case _:
            return {"type": "string", "minLength": 1}


def _given(keyword: str, value: object) -> Schema:
    return {} if value is None else {keyword: value}


def _one_of(choices: tuple[str, ...]) -> str:
    return f"({'|'.join(map(re.escape, choices))})"


def _listed(one: str) -> str:
    """One or more, parted by commas."""
    return f"^{one}(,{one})*$"
