"""The reference page of the command line, made of the commands themselves."""

import re
from collections.abc import Collection, Iterator
from inspect import cleandoc
from typing import Any, get_args

import click
from msgspec import inspect

from web.cli import PROGRAM
from web.command_line.catalogue import MODULES, load_command
from web.command_line.engine_options import ENGINE_OPTIONS
from web.command_line.options import JsonOption, Printed
from web.commands.exits import EXIT_MEANINGS
from web.parameters.defined.filters import FILTERS

_ANSWERS = "web.api.answers"
_FILTERS = frozenset(parameter.name for parameter in FILTERS)
_SHARED_BY_LINK = (
    (_FILTERS, "the [filters](#filters)"),
    (ENGINE_OPTIONS, "the [options of the engine](#engine)"),
)
"""Options that several commands have, and where they are described once."""
_SHARED = _FILTERS | ENGINE_OPTIONS
_NONE = re.compile(r"\bNone\b")
_NAMES = {
    inspect.StrType: "text",
    inspect.IntType: "whole number",
    inspect.FloatType: "number",
    inspect.BoolType: "true or false",
    inspect.NoneType: "null",
}


def overview() -> str:
    """A line for each command, with a link to its section."""
    rows = (f"| [`{name}`](#{name}) | {_escaped(_first_sentence(load_command(name)))} |" for name in MODULES)
    return "\n".join(("| Command | What it does |", "| --- | --- |", *rows))


def exit_table() -> str:
    """What each exit status tells."""
    rows = (f"| {status.value} | {meaning} |" for status, meaning in EXIT_MEANINGS.items())
    return "\n".join(("| Status | Meaning |", "| ---: | --- |", *rows))


def filters() -> str:
    """The options that let through a part of the articles, which several commands have."""
    return _shared_options(_FILTERS)


def engine() -> str:
    """The options that choose what keeps the index, which several commands have."""
    return _shared_options(ENGINE_OPTIONS)


def _shared_options(names: Collection[str]) -> str:
    """Those with these names, as one of the commands that have them has them."""
    command = load_command("search")
    chosen = [option for option in _options(command) if option.name in names]
    return "\n".join(_option_rows(chosen, click.Context(command)))


def sections() -> str:
    """A section for each command: how it is called, what it does, its options, and the JSON it prints."""
    described: dict[Any, str] = {}
    return "\n\n".join("\n\n".join(_section(name, described)) for name in MODULES)


def _section(name: str, described: dict[Any, str]) -> Iterator[str]:
    """`described` are the shapes of JSON that sections before this one describe, with their commands."""
    command = load_command(name)
    context = click.Context(command, info_name=f"{PROGRAM} {name}")
    yield f"### {name}"
    yield f"```\n{' '.join((context.command_path, *command.collect_usage_pieces(context)))}\n```"
    yield _escaped(cleandoc(command.help or ""))
    options = _options(command)
    own = [option for option in options if option.name not in _SHARED]
    if own:
        yield "\n".join(_option_rows(own, context))
    names = frozenset(option.name for option in options)
    links = [link for shared, link in _SHARED_BY_LINK if shared & names]
    if links:
        yield f"And {' and '.join(links)}."
    for option in options:
        if isinstance(option, JsonOption):
            if option.shape in described:
                yield f"With `--json`: the same as [`{described[option.shape]}`](#{described[option.shape]})."
            else:
                described[option.shape] = name
                yield "\n".join(_json_lines(option.shape, option.printed))


def _options(command: click.Command) -> list[click.Option]:
    return [option for option in command.params if isinstance(option, click.Option)]


def _option_rows(options: list[click.Option], context: click.Context) -> Iterator[str]:
    yield "| Option | Meaning |"
    yield "| --- | --- |"
    for option in options:
        written, meaning = option.get_help_record(context) or ("", "")
        yield f"| `{_cell(written)}` | {_escaped(_cell(meaning))} |"


def _json_lines(shape: Any, printed: Printed) -> Iterator[str]:
    """What is printed with --json; an answer of the query interface is described there."""
    kinds = get_args(shape) or (shape,)
    if all(kind.__module__.startswith(_ANSWERS) for kind in kinds):
        names = " or ".join(f"`{kind.__name__}`" for kind in kinds)
        yield f"With `--json`: {printed.value}, {names} of the [query interface](api.md)."
        return
    yield f"With `--json`: {printed.value}."
    for kind in kinds:
        yield from _fields(kind)


def _fields(kind: Any) -> Iterator[str]:
    read = inspect.type_info(kind)
    if not isinstance(read, inspect.StructType | inspect.DataclassType):
        raise TypeError(f"{kind} has no fields")
    meaning = " ".join(cleandoc(kind.__doc__ or "").split())
    yield f"\n{_escaped(_NONE.sub('null', meaning))}\n"
    yield "| Field | Value |"
    yield "| --- | --- |"
    if isinstance(read, inspect.StructType) and read.tag_field is not None:
        yield f'| `{read.tag_field}` | `"{read.tag}"` |'
    for field in read.fields:
        yield f"| `{field.encode_name}` | {_value(field.type)} |"


def _value(read: inspect.Type) -> str:
    """A type in words."""
    match read:
        case inspect.UnionType(types=types):
            return " or ".join(map(_value, types))
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return f"list of: {_value(item)}"
        case inspect.DictType(key_type=key, value_type=value):
            return f"object, by {_value(key)}: {_value(value)}"
        case inspect.EnumType(cls=choices):
            return ", ".join(f"`{choice.value}`" for choice in choices)
        case inspect.StructType(fields=fields) | inspect.DataclassType(fields=fields):
            return f"object of {', '.join(f'`{field.encode_name}`' for field in fields)}"
        case _:
            return _NAMES[type(read)]


def _first_sentence(command: click.Command) -> str:
    return " ".join(cleandoc(command.help or "").split("\n\n")[0].split())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text of a help as Markdown; what stands between backticks is code in both."""
    return text.replace("*", "\\*").replace("<", "\\<")
