"""The pages that explain: the query language, and each kind of problem."""

from dataclasses import dataclass

from web.presenters.links import search_href
from web.texts import say

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


def query_forms() -> tuple[HelpRow, ...]:
    """The forms that most need to know, in short."""
    return tuple(_row(say(f"help.{form}.write"), say(f"help.{form}.short")) for form in FORMS)


def help_page() -> HelpPage:
    return HelpPage(
        rows=tuple(_row(say(f"help.{row}.write"), say(f"help.{row}.means")) for row in ROWS),
        notes=tuple(say(f"help.{note}") for note in NOTES),
    )


def _row(write: str, means: str) -> HelpRow:
    return HelpRow(write, means, search_href((("q", write),)))


def problem_help(name: str) -> ProblemHelp:
    """The page about this kind. Raises KeyError for a kind that has no texts."""
    return ProblemHelp(name, say(f"problem.{name}"), say(f"problem.{name}.detail"))
