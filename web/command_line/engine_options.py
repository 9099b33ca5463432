"""The options that choose what keeps the index: those of commands that use one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import click

from web.command_line.options import setting_help
from web.config import load_engine
from web.engine_settings import ENGINE_SETTINGS, option_of
from web.setting import Setting

Status = TypeVar("Status")


def _name(setting: Setting[Any]) -> str:
    """What click calls the value of the option."""
    return option_of(setting).removeprefix("--").replace("-", "_")


ENGINE_OPTIONS: Final = frozenset(map(_name, ENGINE_SETTINGS))
"""The names of these options, as click has them."""


def engine_options(command: Callable[..., Status]) -> Callable[..., Status]:
    """An option for each of these settings; the command is given all of them together, as `engine`.

    An option goes before its variable. Raises SettingInvalid where they do not go together.
    """

    @wraps(command)
    def with_engine(*args: object, **given: Any) -> Status:
        texts = {setting.variable: given.pop(_name(setting)) for setting in ENGINE_SETTINGS}
        chosen = {variable: text for variable, text in texts.items() if text is not None}
        return command(*args, engine=load_engine(chosen), **given)

    decorated: Callable[..., Status] = with_engine
    for setting in reversed(ENGINE_SETTINGS):
        decorated = _option(setting)(decorated)
    return decorated


def _option(setting: Setting[Any]) -> Callable[[Callable[..., Status]], Callable[..., Status]]:
    def checked(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
        if text is not None:
            try:
                setting.parse(text)
            except ValueError as error:
                raise click.BadParameter(f"{setting.shown(text)}: {error}.") from error
        return text

    return click.option(option_of(setting), metavar="TEXT", callback=checked, help=setting_help(setting))
