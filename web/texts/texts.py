"""The texts of the interface in one language."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from web.texts.about import ABOUT_TEXTS
from web.texts.admin import ADMIN
from web.texts.article import ARTICLE
from web.texts.facts import FACTS
from web.texts.faults import FAULTS
from web.texts.filters import FILTERS
from web.texts.formats import FORMAT_TEXTS
from web.texts.help import HELP
from web.texts.hit_list import HIT_LIST
from web.texts.notices import NOTICES
from web.texts.openapi import OPENAPI_TEXTS
from web.texts.pages import PAGE_TEXTS
from web.texts.preferences import PREFERENCES
from web.texts.problems import PROBLEMS
from web.texts.reading import READING_TEXTS
from web.texts.repairs import REPAIRS
from web.texts.results import RESULTS
from web.texts.saved import SAVED
from web.texts.scores import SCORES
from web.texts.site import SITE
from web.texts.text import Language, Message, Text

TABLES: tuple[Mapping[str, Text], ...] = (
    ABOUT_TEXTS,
    ADMIN,
    ARTICLE,
    FACTS,
    FAULTS,
    FILTERS,
    FORMAT_TEXTS,
    HELP,
    HIT_LIST,
    NOTICES,
    OPENAPI_TEXTS,
    PAGE_TEXTS,
    PREFERENCES,
    PROBLEMS,
    READING_TEXTS,
    REPAIRS,
    RESULTS,
    SAVED,
    SCORES,
    SITE,
)

TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {key: text for table in TABLES for key, text in table.items()}
)
"""All of them, by key."""

ENUMERATION: Final = Text("、", "、", ", ")
"""What stands between the parts of an enumeration."""


class Texts:
    """Says texts in a language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, /, **values: object) -> str:
        """The text of this key, values filled in. Raises KeyError for an unknown key or a missing value.

        A value that is a tuple is an enumeration, joined as the language does.
        """
        text = self._form(TEXTS[key], values)
        filled_in = {name: self._filled_in(value) for name, value in values.items()}
        return text.format_map(filled_in) if values else text

    def tell(self, message: Message) -> str:
        """The same of a message."""
        return self.say(message.key, **message.values)

    def join(self, values: Iterable[str]) -> str:
        """Several texts as an enumeration."""
        return ENUMERATION.of(self.language).join(values)

    def _form(self, text: Text, values: Mapping[str, object]) -> str:
        is_one = self.language is Language.EN and text.en_one and str(values.get("count")) == "1"
        return text.en_one if is_one else text.of(self.language)

    def _filled_in(self, value: object) -> object:
        return self.join(map(str, value)) if isinstance(value, tuple) else value
