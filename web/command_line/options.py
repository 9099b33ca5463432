"""Options that several commands have."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import click

from index.data_folder import DataFolder
from index.readers.mapping import FieldMap
from web.config import DATA, load_settings, names_data
from web.setting import Setting

Command = TypeVar("Command", bound=Callable[..., Any])


def named_root(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The folder that stands behind the command, or before it, or in the settings: the first of these."""
    before: Path | None = context.find_root().obj
    return value or before or load_settings().data


def data_option(command: Command) -> Command:
    """`--data FOLDER`, given to the command as `folder`. Raises DataFolderUnsafe."""

    def opened(context: click.Context, parameter: click.Parameter, value: Path | None) -> DataFolder:
        folder = DataFolder(named_root(context, parameter, value))
        folder.check_private()
        return folder

    return click.option(
        "--data",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        callback=opened,
        help=setting_help(DATA),
    )(command)


@dataclass(frozen=True, slots=True)
class ChosenFolder:
    """A data folder, and whether somebody has named it, by an option or a setting."""

    folder: DataFolder
    is_named: bool


def chosen_data_option(command: Command) -> Command:
    """The same, given to the command as `chosen`, for one that may do without. Raises DataFolderUnsafe."""

    def opened(context: click.Context, parameter: click.Parameter, value: Path | None) -> ChosenFolder:
        folder = DataFolder(named_root(context, parameter, value))
        folder.check_private()
        before = context.find_root().obj
        return ChosenFolder(folder, value is not None or before is not None or names_data())

    return click.option(
        "--data",
        "chosen",
        type=click.Path(file_okay=False, path_type=Path),
        callback=opened,
        help=setting_help(DATA),
    )(command)


def common_data_option(command: Command) -> Command:
    """`--data FOLDER` before the command that it is for, kept as the object of the outermost context."""

    def kept(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
        context.obj = value

    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        callback=kept,
        expose_value=False,
        help="Folder of articles and index, for the command that follows.",
    )(command)


def setting_option(flag: str, setting: Setting[Any]) -> Callable[[Command], Command]:
    """An option that goes before the setting; None where it is not given."""

    def checked(_context: click.Context, _parameter: click.Parameter, text: str | None) -> object:
        try:
            return None if text is None else setting.parse(text)
        except ValueError as error:
            raise click.BadParameter(f"{text!r}: {error}.") from error

    return click.option(flag, callback=checked, help=setting_help(setting))


def setting_help(setting: Setting[Any]) -> str:
    """What the setting is for, and what holds without the option."""
    return f"{setting.help} [default: ${setting.variable}, then {setting.default or 'nothing'}]"


class Printed(Enum):
    """How much JSON a command prints."""

    ONCE = "one object"
    LINES = "one object a line"


class JsonOption(click.Option):
    """`--json`, and what is printed with it: objects of a type that msgspec can write."""

    def __init__(self, *args: Any, shape: Any, printed: Printed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.printed = printed


def json_option(shape: Any, printed: Printed = Printed.ONCE) -> Callable[[Command], Command]:
    """`--json`, given to the command as `as_json`; `shape` is the type of the objects that it prints then."""
    return click.option(
        "--json",
        "as_json",
        cls=JsonOption,
        shape=shape,
        printed=printed,
        is_flag=True,
        help="Print JSON for programs.",
    )


def map_option(command: Command) -> Command:
    """`--map KEY=COLUMN`, given to the command as `fields`."""

    def parsed(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> FieldMap:
        return FieldMap.parse(texts)

    return click.option(
        "--map",
        "fields",
        multiple=True,
        metavar="KEY=COLUMN",
        callback=parsed,
        help="Which column of a table, or key of an object, is which key of an article: --map title=标题",
    )(command)
