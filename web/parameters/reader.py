"""Checks the pairs of a request against the table of its parameters and collects everything that is wrong."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from search.language.periods import FIRST_YEAR, LAST_YEAR, Period, read_period
from web.errors import Fault, FaultKind
from web.parameters.guesses import FORMAT, MEANT
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
)
from web.parameters.query_string import Pair, has_invalid_bytes, readable
from web.texts.text import Message

MAX_PAIRS = 1_500
"""Pairs of one request: all parameters of a search fit, each as often as it may be given."""
MAX_ADVISED = 10
"""Unknown parameters of one request for which the nearest known one is looked up, which takes a millisecond
each; those behind them are only named. Chosen by hand on 2026-11-28."""
MAX_ECHO = 40
"""Code points of a caller's own text that an error repeats."""

_DIGITS = re.compile("[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The one of `names` that was probably meant, None if none is near."""
    if len(name) > MAX_ECHO:
        return None
    close = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    return close[0] if close else None


def _meant(name: str, names: Sequence[str]) -> str | None:
    """The one of the parameters `names` that was probably meant by another name."""
    known = MEANT.get(name.lower())
    if known in names:
        return known
    return None if name.lower() == FORMAT else nearest(name, names)


def echo(text: str) -> str:
    """A caller's own text as an error repeats it: readable, and cut where it is long."""
    shown = readable(text)
    return shown if len(shown) <= MAX_ECHO else shown[: MAX_ECHO - 1] + "…"


class ParameterReader:
    """Reads typed values out of pairs. Nothing raises: what is wrong is in `faults`, the default is returned.

    A pair with an empty value counts as not given.
    """

    def __init__(self, pairs: Sequence[Pair], table: Sequence[Parameter]) -> None:
        self.faults: list[Fault] = []
        self._values: dict[str, list[str]] = {parameter.name: [] for parameter in table}
        self._read_pairs(pairs)
        for parameter in table:
            self._check_count(parameter)

    def _read_pairs(self, pairs: Sequence[Pair]) -> None:
        if len(pairs) > MAX_PAIRS:
            surplus = echo(pairs[MAX_PAIRS][0])
            self._refuse(FaultKind.INVALID, surplus, Message("fault.pairs", {"most": MAX_PAIRS}))
        names = tuple(self._values)
        unknown: set[str] = set()
        for name, value in pairs[:MAX_PAIRS]:
            if name not in self._values:
                if name not in unknown:
                    self._refuse_unknown(name, names if len(unknown) < MAX_ADVISED else ())
                    unknown.add(name)
            elif has_invalid_bytes(value):
                self._refuse(FaultKind.INVALID, name, Message("fault.bytes", {"name": name}))
            elif value:
                self._values[name].append(value)

    def _refuse_unknown(self, name: str, names: Sequence[str]) -> None:
        key = "fault.unknown_format" if name.lower() == FORMAT else "fault.unknown"
        detail = Message(key, {"name": echo(name)})
        suggestion = _meant(readable(name), names)
        fault = Fault(kind=FaultKind.UNKNOWN, parameter=echo(name), detail=detail, suggestion=suggestion)
        self.faults.append(fault)

    def _check_count(self, parameter: Parameter) -> None:
        values = self._values[parameter.name]
        if len(values) <= parameter.most:
            return
        if parameter.most == 1:
            self._refuse(
                FaultKind.REPEATED, parameter.name, Message("fault.repeated", {"name": parameter.name})
            )
        else:
            detail = Message("fault.too_many", {"name": parameter.name, "most": parameter.most})
            self._refuse(FaultKind.INVALID, parameter.name, detail)
        del values[parameter.most :]

    def _refuse(self, kind: FaultKind, parameter: str, detail: Message) -> None:
        self.faults.append(Fault(kind=kind, parameter=parameter, detail=detail))

    def _first(self, parameter: Parameter) -> str:
        values = self._values[parameter.name]
        return values[0] if values else ""

    def text(self, parameter: TextParameter) -> str:
        value = self._first(parameter)
        if len(value) < parameter.shortest:
            self._refuse(
                FaultKind.INVALID, parameter.name, Message("fault.missing", {"name": parameter.name})
            )
        if parameter.longest is not None and len(value) > parameter.longest:
            fault = Fault(
                kind=parameter.too_long,
                parameter=parameter.name,
                detail=Message(
                    f"fault.{parameter.too_long.value}", {"length": len(value), "most": parameter.longest}
                ),
                span=(parameter.longest, len(value) - parameter.longest),
            )
            self.faults.append(fault)
        return value

    def texts(self, parameter: TextParameter | ValueParameter | RegionParameter) -> tuple[str, ...]:
        """The values in the order given, each once."""
        return tuple(dict.fromkeys(self._values[parameter.name]))

    def integer(self, parameter: IntegerParameter) -> int:
        value = self._first(parameter)
        if not value:
            return parameter.default
        if _DIGITS.fullmatch(value) and parameter.low <= int(value) <= parameter.high:
            return int(value)
        detail = Message(
            "fault.integer", {"name": parameter.name, "low": parameter.low, "high": parameter.high}
        )
        self._refuse(FaultKind.INVALID, parameter.name, detail)
        return parameter.default

    def decimal(self, parameter: DecimalParameter) -> float:
        value = self._first(parameter)
        if not value:
            return parameter.default
        if _DECIMAL.fullmatch(value) and parameter.low <= float(value) <= parameter.high:
            return float(value)
        detail = Message(
            "fault.decimal", {"name": parameter.name, "low": parameter.low, "high": parameter.high}
        )
        self._refuse(FaultKind.INVALID, parameter.name, detail)
        return parameter.default

    def choice(self, parameter: ChoiceParameter) -> str | None:
        value = self._first(parameter)
        if not value:
            if parameter.is_needed:
                self._refuse(
                    FaultKind.INVALID, parameter.name, Message("fault.missing", {"name": parameter.name})
                )
            return parameter.default
        if value in parameter.choices:
            return value
        self._refuse_choice(parameter.name, value, parameter.choices)
        return parameter.default

    def names(self, parameter: NamesParameter) -> tuple[str, ...]:
        """The chosen names in the order of the table, each once."""
        given = self._listed(parameter)
        for name in dict.fromkeys(given):
            if name not in parameter.choices:
                self._refuse_choice(parameter.name, name, parameter.choices)
        return tuple(name for name in parameter.choices if name in given) or parameter.default

    def limits(self, parameter: LimitsParameter) -> dict[str, int]:
        """The limit of each chosen name, in the order of the table."""
        limits: dict[str, int] = {}
        for item in self._listed(parameter):
            name, colon, written = item.partition(":")
            limit = int(written) if _DIGITS.fullmatch(written) else 0
            if name not in parameter.choices:
                self._refuse_choice(parameter.name, name, parameter.choices)
            elif colon and not 1 <= limit <= parameter.most_values:
                detail = Message("fault.limit", {"value": echo(item), "most": parameter.most_values})
                self._refuse(FaultKind.INVALID, parameter.name, detail)
            elif name in limits:
                detail = Message("fault.repeated_name", {"name": parameter.name, "value": name})
                self._refuse(FaultKind.REPEATED, parameter.name, detail)
            else:
                limits[name] = limit if colon else parameter.default_limit
        return {name: limits[name] for name in parameter.choices if name in limits}

    def _listed(self, parameter: NamesParameter | LimitsParameter) -> list[str]:
        return [name for value in self._values[parameter.name] for name in value.split(",") if name]

    def _refuse_choice(self, parameter: str, value: str, choices: Sequence[str]) -> None:
        detail = Message("fault.choice", {"name": parameter, "value": echo(value), "choices": tuple(choices)})
        suggestion = nearest(value, choices)
        fault = Fault(kind=FaultKind.INVALID, parameter=parameter, detail=detail, suggestion=suggestion)
        self.faults.append(fault)

    def period(self, parameter: DateParameter) -> Period | None:
        value = self._first(parameter)
        if not value:
            return None
        period = read_period(value)
        if period is None:
            detail = Message("fault.period", {"name": parameter.name, "low": FIRST_YEAR, "high": LAST_YEAR})
            self._refuse(FaultKind.INVALID, parameter.name, detail)
        return period

    def given(self, parameter: Parameter) -> tuple[str, ...]:
        """The values as written, for links that lead back to the same request."""
        return tuple(self._values[parameter.name])
