"""Keeps the parameter tables of `docs/api.md` equal to the tables that requests are checked against.

`python -m web.api_reference docs/api.md` writes them anew.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from web.parameter_table import ARTICLE_PARAMETERS, SEARCH_PARAMETERS, Parameter, bounds, default

SECTIONS: tuple[tuple[str, Sequence[Parameter]], ...] = (
    ("search", SEARCH_PARAMETERS),
    ("article", ARTICLE_PARAMETERS),
)


def parameter_table(parameters: Sequence[Parameter]) -> str:
    """The parameters as a Markdown table."""
    rows = ["| Parameter | Values, bounds | Default | Meaning | 含义 |", "| --- | --- | --- | --- | --- |"]
    for parameter in parameters:
        written = default(parameter)
        cells = (
            f"`{parameter.name}`",
            bounds(parameter),
            f"`{written}`" if written else "–",
            parameter.en,
            parameter.zh,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def with_tables(page: str) -> str:
    """The page with each generated part written anew. Raises ValueError if one of its markers is missing."""
    for name, parameters in SECTIONS:
        begin, end = f"<!-- {name} parameters: begin -->", f"<!-- {name} parameters: end -->"
        before, _, rest = page.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"the page has no markers {begin} and {end}")
        page = f"{before}{begin}\n{parameter_table(parameters)}\n{end}{after}"
    return page


def main(path: Path) -> None:
    """Writes the generated parts of this page anew."""
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
