"""Which commands there are, and what loading one costs."""

import subprocess
import sys

import click
import pytest

from tests.commands import run
from tests.processes import environment
from web.cli import cli
from web.command_line.catalogue import MODULES, load_command

DESIGNED = {
    "ingest",
    "follow",
    "search",
    "similar",
    "facets",
    "timeline",
    "regions",
    "suggest",
    "serve",
    "demo",
    "backup",
    "restore",
    "rebuild",
    "generations",
    "rollback",
    "check",
    "stats",
    "export",
    "delete",
    "analyze",
    "evaluate",
    "optimise",
    "zero-hits",
    "reload-dictionary",
    "completion",
}
WITHOUT_JSON = {"export", "serve", "demo", "completion"}
"""`export` prints JSON lines in any case; the others are no answers."""


def test_no_command_of_the_design_is_missing() -> None:
    assert MODULES.keys() >= DESIGNED


@pytest.mark.parametrize("name", MODULES)
def test_every_command_explains_itself(name: str) -> None:
    command = load_command(name)
    assert command.name == name
    done = run(name, "--help")
    assert done.status == 0
    assert done.text.startswith(f"Usage: policy-search {name} ")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.opts[0] in done.text


@pytest.mark.parametrize("name", sorted(MODULES.keys() - WITHOUT_JSON))
def test_every_answer_can_be_had_as_json(name: str) -> None:
    assert "--json" in {flag for option in load_command(name).params for flag in option.opts}


def test_the_help_lists_every_command() -> None:
    done = run("--help")
    listed = [line.split()[0] for line in done.text.partition("Commands:")[2].splitlines() if line.strip()]
    assert [name for name in listed if name in MODULES] == list(MODULES)


def test_a_command_added_to_the_group_itself_is_listed_behind_the_others() -> None:
    group = click.Group("other", commands=[click.Command("extra")])
    context = click.Context(group)
    mixed = type(cli)("mixed", commands=dict(group.commands))
    assert mixed.list_commands(context) == [*MODULES, "extra"]
    assert mixed.get_command(context, "extra") is group.commands["extra"]
    assert mixed.get_command(context, "nosuch") is None


def test_the_program_starts_without_the_modules_of_its_commands() -> None:
    """Control: the search command does load what opens an index, and the server what serves."""
    script = (
        "import sys, web.cli\n"
        "from web.command_line.catalogue import load_command\n"
        "names = ('starlette', 'web.texts.texts', 'web.serving.opening')\n"
        "loaded = lambda: [name in sys.modules for name in names]\n"
        "print(loaded())\n"
        "load_command('serve')\n"
        "print(loaded())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env=environment(), text=True
    )
    assert done.stdout.splitlines() == ["[False, False, False]", "[True, True, True]"]
