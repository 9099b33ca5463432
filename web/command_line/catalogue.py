"""Which commands there are. The module of one is loaded when it is asked for: a shell that completes names,
and a command that needs little, need not wait for the rest."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

import click
from click.shell_completion import CompletionItem

MODULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ingest": "ingest",
        "follow": "ingest",
        "search": "search",
        "similar": "similar",
        "facets": "counts",
        "timeline": "counts",
        "regions": "regions",
        "suggest": "suggest",
        "analyze": "analyze",
        "serve": "serve",
        "demo": "serve",
        "delete": "articles",
        "export": "articles",
        "backup": "backup",
        "restore": "backup",
        "index": "index",
        "rebuild": "upkeep",
        "optimise": "upkeep",
        "generations": "generations",
        "rollback": "generations",
        "check": "upkeep",
        "stats": "upkeep",
        "reload-dictionary": "words",
        "vectors": "vectors",
        "evaluate": "evaluate",
        "zero-hits": "queries",
        "queries": "queries",
        "forget-queries": "queries",
        "completion": "completion",
    }
)
"""The commands in the order of the help, and the module of this package that has each; its function there is
named for it."""


class Catalogue(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*MODULES, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load_command(cmd_name) if cmd_name in MODULES else super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names alone: what each is for would take loading all of them."""
        names = [CompletionItem(name) for name in MODULES if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


def load_command(name: str) -> click.Command:
    """The command of this name, which must be one of MODULES."""
    module = import_module(f"web.command_line.{MODULES[name]}")
    command = getattr(module, f"{name.replace('-', '_')}_command")
    if not isinstance(command, click.Command):
        raise TypeError(f"{name} is no command but {command!r}")
    return command
