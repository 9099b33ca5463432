"""Keeps the tables of `docs/` equal to the tables of the program that they are about.

`python -m web.reference docs` writes them anew.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from web.config import SETTINGS
from web.parameters.kinds import Parameter, bounds, default
from web.parameters.table import (
    ANALYSIS_PARAMETERS,
    ARTICLE_PARAMETERS,
    SEARCH_PARAMETERS,
    SUGGESTION_PARAMETERS,
)


def parameter_table(parameters: Sequence[Parameter]) -> str:
    """The parameters as a Markdown table."""
    return _table(
        ("Parameter", "Values, bounds", "Default", "Meaning", "含义"),
        (
            (f"`{parameter.name}`", bounds(parameter), _code(default(parameter)), parameter.en, parameter.zh)
            for parameter in parameters
        ),
    )


def setting_table() -> str:
    """The settings as a Markdown table."""
    return _table(
        ("Variable", "Value", "Default", "Meaning"),
        (
            (f"`{setting.variable}`", setting.kind.bounds, _code(setting.default), setting.help)
            for setting in SETTINGS
        ),
    )


TABLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "search parameters": lambda: parameter_table(SEARCH_PARAMETERS),
        "article parameters": lambda: parameter_table(ARTICLE_PARAMETERS),
        "analysis parameters": lambda: parameter_table(ANALYSIS_PARAMETERS),
        "suggestion parameters": lambda: parameter_table(SUGGESTION_PARAMETERS),
        "settings": setting_table,
    }
)
PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "api.md": ("search parameters", "article parameters", "analysis parameters", "suggestion parameters"),
        "settings.md": ("settings",),
    }
)
"""The tables of each page, by the name that its markers give."""


def with_tables(page: str, names: Iterable[str]) -> str:
    """The page with these tables written anew. Raises ValueError if the markers of one are missing."""
    for name in names:
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"the page has no markers {begin} and {end}")
        page = f"{before}{begin}\n{TABLES[name]()}\n{end}{after}"
    return page


def main(folder: Path) -> None:
    """Writes the tables in the pages of this folder anew."""
    for name, tables in PAGES.items():
        path = folder / name
        path.write_text(with_tables(path.read_text(encoding="utf-8"), tables), encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _code(text: str) -> str:
    return f"`{text}`" if text else "–"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
