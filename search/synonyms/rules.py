"""The rules of a synonym file."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from index.errors import Cause, LinesInvalid


class SynonymsInvalid(LinesInvalid):
    """A file of synonyms that cannot be used; the message names its lines. What was in use before stays."""

    kind: ClassVar[str] = "synonyms-invalid"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that mean the same; each stands for all others."""

    line: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneWay:
    """Each of the `sources` is also read as the `targets`, and no target as a source."""

    line: int
    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A form that the rules of other files, those that come with the program, say nothing about."""

    line: int
    form: str


SynonymRule = Group | OneWay | SetAside


@dataclass(frozen=True, slots=True)
class SynonymFile:
    """The rules of a file in their order, with forms as they were written. `name` may begin with a path."""

    name: str
    rules: tuple[SynonymRule, ...] = ()

    def place(self, rule: SynonymRule) -> str:
        """Where a rule stands, without the path: `agencies.txt:12`."""
        return f"{PurePath(self.name).name}:{rule.line}"
