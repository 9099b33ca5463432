"""What a setting of the environment is: its name, what it can be, and how its text is read."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from index.errors import Cause, PolicySearchError

Value = TypeVar("Value")

_DIGITS = re.compile("[0-9]{1,9}")


class SettingInvalid(PolicySearchError):
    """A setting of the environment that cannot be read; the message names it."""

    kind: ClassVar[str] = "setting-invalid"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """What a setting can be: `bounds` says it in English, `read` makes the value or raises ValueError."""

    bounds: str
    read: Callable[[str], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[Value]):
    """A setting: the variable that gives it, the text that holds without one, and what it is for.

    `shown` is how an error repeats a text that cannot be used.
    """

    variable: str
    kind: Kind[Value]
    default: str
    help: str
    shown: Callable[[str], str] = repr

    def parse(self, text: str) -> Value:
        """The value that the text gives. Raises ValueError with what can be given."""
        try:
            return self.kind.read(text)
        except ValueError:
            raise ValueError(f"give {self.kind.bounds}") from None

    def read(self, environment: Mapping[str, str]) -> Value:
        """The value of the environment, or the default. Raises SettingInvalid."""
        text = environment.get(self.variable, "") or self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingInvalid(f"{self.variable}={self.shown(text)} is not usable: {error}") from error


def whole_number(low: int, high: int) -> Kind[int]:
    """What is a whole number within these bounds."""

    def read(text: str) -> int:
        if _DIGITS.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        raise ValueError(text)

    return Kind(f"a whole number from {low} to {high}", read)


def choice(choices: Collection[str]) -> Kind[str]:
    """What is one of these words, in any case."""

    def read(text: str) -> str:
        if text.lower() in choices:
            return text.lower()
        raise ValueError(text)

    return Kind(f"one of {', '.join(choices)}", read)


def words(choices: Collection[str]) -> Kind[frozenset[str]]:
    """What is any number of these words."""

    def read(text: str) -> frozenset[str]:
        given = frozenset(word.strip().lower() for word in text.split(",") if word.strip())
        if given <= frozenset(choices):
            return given
        raise ValueError(text)

    return Kind(f"any of {', '.join(choices)}, parted by commas", read)
