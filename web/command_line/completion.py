"""The arguments of `completion`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

SHELLS: Final[Mapping[str, type[ShellComplete]]] = MappingProxyType(
    {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
)


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, options and their values.

    For bash, put `eval "$(policy-search completion bash)"` into ~/.bashrc; for zsh the same with zsh into
    ~/.zshrc; for fish, `policy-search completion fish | source` into ~/.config/fish/config.fish.
    """
    root = context.find_root()
    program = root.info_name or ""
    # The variable that click looks for when the shell asks.
    variable = f"_{program}_COMPLETE".replace("-", "_").upper()
    click.echo(SHELLS[shell](root.command, {}, program, variable).source())
