"""What texts of the interface are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Language(Enum):
    """A language of the interface; the values are what `lang` says in HTML."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"

    @property
    def own_name(self) -> str:
        """What those who read it call it."""
        return _OWN_NAMES.of(self)

    @property
    def of_queries(self) -> "Language":
        """The language that its readers search in: articles are Chinese."""
        return Language.HANS if self is Language.EN else self


@dataclass(frozen=True, slots=True)
class Text:
    """A text in every language. Names in braces are filled in, the same ones in each.

    `en_one` is what English says where the `count` that is filled in is 1; empty: the same as ever.
    """

    hans: str
    hant: str
    en: str
    en_one: str = ""

    def of(self, language: Language) -> str:
        match language:
            case Language.HANS:
                return self.hans
            case Language.HANT:
                return self.hant
            case Language.EN:
                return self.en


_OWN_NAMES: Final = Text("简体中文", "繁體中文", "English")


@dataclass(frozen=True, slots=True)
class Message:
    """A text that is still to be said, in whatever language: its key, and what is filled in.

    A value that is a tuple is an enumeration, joined as the language does.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """For logs, which have no language."""
        filled_in = ", ".join(f"{name} {value}" for name, value in self.values.items())
        return f"{self.key} ({filled_in})" if filled_in else self.key
