"""Keeps the tables of `docs/` equal to the tables of the program that they are about.

`python -m web.reference docs` writes them anew.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from web.admin import endpoints as admin
from web.api.endpoint import Endpoint
from web.api.endpoints import ENDPOINTS
from web.command_line import manual
from web.config import SETTINGS
from web.parameters.defined.filters import FILTERS
from web.parameters.defined.language import LANG
from web.parameters.kinds import Parameter, bounds, default

_WITH_TABLES = tuple(endpoint for endpoint in ENDPOINTS if not {*endpoint.parameters} <= {*FILTERS, LANG})
"""The endpoints that have parameters of their own."""


_ADMIN_WITH_TABLES = (admin.TAKE_IN, admin.DELETE_FOUND, admin.RELOAD_WORDS, admin.ZERO_HITS)
"""Of the admin interface, those whose parameters a page lists."""


def admin_table() -> str:
    """The endpoints of the admin interface as a Markdown table."""
    return _table(
        ("Endpoint", "What it does", "作用", "Answers", "Errors"),
        (
            (
                f"`{endpoint.method} {endpoint.address}`",
                endpoint.summary.en,
                endpoint.summary.hans,
                " ".join(map(str, endpoint.statuses)),
                " ".join(f"`{kind}`" for kind in endpoint.errors if kind not in admin.PARAMETER_ERRORS),
            )
            for endpoint in admin.ADMIN_ENDPOINTS
        ),
    )


def endpoint_table(endpoint: Endpoint | admin.AdminEndpoint) -> str:
    """The parameters of an endpoint, but for filters and language, which have tables of their own."""
    return parameter_table(
        parameter for parameter in endpoint.parameters if parameter not in (*FILTERS, LANG)
    )


def parameter_table(parameters: Iterable[Parameter]) -> str:
    """The parameters as a Markdown table."""
    return _table(
        ("Parameter", "Values, bounds", "Default", "Meaning", "含义"),
        (
            (
                f"`{parameter.name}`",
                bounds(parameter),
                _code(default(parameter)),
                parameter.meaning.en,
                parameter.meaning.hans,
            )
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
        **{f"{endpoint.name} parameters": partial(endpoint_table, endpoint) for endpoint in _WITH_TABLES},
        **{
            f"{endpoint.name} parameters": partial(endpoint_table, endpoint)
            for endpoint in _ADMIN_WITH_TABLES
        },
        "admin endpoints": admin_table,
        "filter parameters": partial(parameter_table, FILTERS),
        "language parameter": partial(parameter_table, (LANG,)),
        "settings": setting_table,
        "exit status": manual.exit_table,
        "commands": manual.overview,
        "command filters": manual.filters,
        "command engine": manual.engine,
        "command sections": manual.sections,
    }
)
PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "api.md": (
            "language parameter",
            "filter parameters",
            *(f"{endpoint.name} parameters" for endpoint in _WITH_TABLES),
        ),
        "admin.md": (
            "admin endpoints",
            *(f"{endpoint.name} parameters" for endpoint in _ADMIN_WITH_TABLES),
        ),
        "settings.md": ("settings",),
        "command-line.md": (
            "exit status",
            "commands",
            "command filters",
            "command engine",
            "command sections",
        ),
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
