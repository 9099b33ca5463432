"""The pages that explain: the query language, and each kind of problem."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.parameters.query_string import Pair
from web.presenters.links import search_href
from web.texts.texts import Texts

ROWS = (
    *("words", "run", "phrase", "not", "or", "brackets"),
    *("field", "dates", "near", "prefix", "number", "single"),
)
FORMS = ("words", "phrase", "not", "or", "brackets")
"""What the help at the search box shows, in a word or two each."""
NOTES = ("partial", "folding", "spaces", "synonyms", "mistakes", "limits", "api")


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One way to write a query, with a link that tries it."""

    write: str
    means: str
    href: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The query language in a table, and what else to know."""

    rows: tuple[HelpRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemHelp:
    """What a kind of problem means; `name` is the last part of its type."""

    name: str
    title: str
    detail: str


def query_forms(texts: Texts, kept: Sequence[Pair]) -> tuple[HelpRow, ...]:
    """The forms that most need to know, in short; `kept` is what their links carry beside the query."""
    return tuple(
        _row(texts.say(f"help.{form}.write"), texts.say(f"help.{form}.short"), kept) for form in FORMS
    )


def help_page(texts: Texts, kept: Sequence[Pair]) -> HelpPage:
    return HelpPage(
        rows=tuple(
            _row(texts.say(f"help.{row}.write"), texts.say(f"help.{row}.means"), kept) for row in ROWS
        ),
        notes=tuple(texts.say(f"help.{note}") for note in NOTES),
    )


def _row(write: str, means: str, kept: Sequence[Pair]) -> HelpRow:
    return HelpRow(write, means, search_href((("q", write), *kept)))


def problem_help(name: str, texts: Texts) -> ProblemHelp:
    """The page about this kind. Raises KeyError for a kind that has no texts."""
    return ProblemHelp(name, texts.say(f"problem.{name}"), texts.say(f"problem.{name}.detail"))
