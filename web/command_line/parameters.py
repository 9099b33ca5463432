"""Options made of the table of parameters: what the query interface takes, a command takes by that name."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from web.parameters.kinds import (
    ChoiceParameter,
    DateParameter,
    DecimalParameter,
    IntegerParameter,
    LimitsParameter,
    NamesParameter,
    Parameter,
    default,
)
from web.parameters.query_string import Pair

Command = TypeVar("Command", bound=Callable[..., Any])
Given = str | tuple[str, ...] | None
"""What click hands over for an option of a parameter."""

SHORTER: Mapping[str, str] = MappingProxyType({"published_after": "--after", "published_before": "--before"})
"""Flags that options have beside their own."""


def parameter_options(*parameters: Parameter) -> Callable[[Command], Command]:
    """An option for each parameter, given to the command by the name of the parameter.

    What it takes is checked by whoever reads the parameters, in the words of the query interface.
    """

    def decorate(command: Command) -> Command:
        for parameter in reversed(parameters):
            command = _option(parameter)(command)
        return command

    return decorate


def pairs_of(given: Mapping[str, Given]) -> tuple[Pair, ...]:
    """The values of options, as pairs of a request."""
    return tuple((name, value) for name, values in given.items() for value in _listed(values))


def flag(name: str) -> str:
    """The option of the parameter of this name."""
    return f"--{name.replace('_', '-')}"


def _listed(values: Given) -> Sequence[str]:
    match values:
        case None:
            return ()
        case str():
            return (values,)
        case _:
            return values


def _option(parameter: Parameter) -> Callable[[Command], Command]:
    flags = [flag(parameter.name), parameter.name]
    if (shorter := SHORTER.get(parameter.name)) is not None:
        flags.append(shorter)
    is_choice = isinstance(parameter, ChoiceParameter)
    return click.option(
        *flags,
        multiple=parameter.most > 1,
        type=click.Choice(parameter.choices) if isinstance(parameter, ChoiceParameter) else click.STRING,
        metavar=None if is_choice else _metavar(parameter),
        shell_complete=_completion(parameter),
        help=_help(parameter),
    )


def _metavar(parameter: Parameter) -> str:
    match parameter:
        case IntegerParameter(low=low, high=high) | DecimalParameter(low=low, high=high):
            return f"{low}–{high}"
        case NamesParameter():
            return "NAME,…"
        case LimitsParameter():
            return "NAME[:LIMIT],…"
        case DateParameter():
            return "YYYY[-MM[-DD]]"
        case _:
            return "TEXT"


def _completion(
    parameter: Parameter,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]] | None:
    """What a shell completes of a value; None where click knows, or there is nothing to choose from."""
    if not isinstance(parameter, NamesParameter | LimitsParameter):
        return None
    choices = parameter.choices

    def complete(_context: click.Context, _option: click.Parameter, typed: str) -> list[CompletionItem]:
        before, comma, last = typed.rpartition(",")
        return [CompletionItem(before + comma + name) for name in choices if name.startswith(last)]

    return complete


def _help(parameter: Parameter) -> str:
    meaning = parameter.meaning.en
    # A name that it begins with is written as it is.
    sentence = (meaning[:1].upper() + meaning[1:]).replace("`", "") + "."
    return f"{sentence} [default: {known}]" if (known := default(parameter)) else sentence
