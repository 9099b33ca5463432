"""Pinned results: articles that stand before all others for certain queries, from a file that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from index.describe.identity import ID_FORM, is_id
from index.errors import Cause, LinesInvalid
from index.text.characters import compact
from index.text.folding import Folding
from search.request import MAX_QUERY
from search.rules.rule_lines import Faults, RuleLine, rule_lines

MAX_PINNED: Final = 10
"""Articles for one query: a page of results."""
MAX_QUERIES: Final = 1_000
"""Of a file that one can still look through."""


class PinsInvalid(LinesInvalid):
    """A file of pinned results that cannot be used; the message names its lines. What was in use stays."""

    kind: ClassVar[str] = "pins-invalid"
    cause: ClassVar[Cause] = Cause.BAD_INPUT


@dataclass(frozen=True, slots=True)
class PinnedResults:
    """Immutable and safe to share between threads. Whether the articles still exist is not known here."""

    _ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the query as it is compared."""

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, q: str, folding: Folding) -> tuple[str, ...]:
        """The articles for this query as a whole, the first on top; none for most queries."""
        return self._ids.get(_key(q, folding), ())


def read_pins(data: bytes, name: str, folding: Folding) -> PinnedResults:
    """The pins of the file of this name: on each line queries, `=>`, and ids of articles, the first on top.

    Lines are read by `search.rules.rule_lines`. Queries are compared after folding and without white space.
    Raises PinsInvalid with the faults of all lines.
    """
    faults = Faults(name)
    pins: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for line in rule_lines(data, faults):
        try:
            found = _pins(line, folding, lines)
        except ValueError as error:
            faults.add(line.number, error)
        else:
            pins.update(found)
            lines.update(dict.fromkeys(found, line.number))
    if len(pins) > MAX_QUERIES:
        faults.add(lines[tuple(pins)[MAX_QUERIES]], f"a file has at most {MAX_QUERIES:,} queries")
    if faults:
        raise PinsInvalid(str(faults), faults.lines)
    return PinnedResults(pins)


def _pins(line: RuleLine, folding: Folding, taken: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The pins of a line; `taken` says where the queries of the lines before it stand. Raises ValueError."""
    if line.right is None:
        raise ValueError("there is no =>; write it between the query and the ids of its articles")
    for article_id in line.right:
        if not is_id(article_id):
            raise ValueError(f"{article_id!r} is no id of an article: {ID_FORM}")
    if len(set(line.right)) < len(line.right):
        raise ValueError("an id stands there twice; keep the first")
    if len(line.right) > MAX_PINNED:
        raise ValueError(
            f"there are {len(line.right)} articles; at most {MAX_PINNED} can be pinned for a query"
        )
    pins: dict[str, tuple[str, ...]] = {}
    for query in line.left:
        key = _key(query, folding)
        if not key or len(query) > MAX_QUERY:
            raise ValueError(f"nobody can ask {query!r}; write a query of 1 to {MAX_QUERY} characters")
        if key in pins:
            raise ValueError(f"the query {query} stands there twice; keep one of them")
        if key in taken:
            raise ValueError(f"the query {query} stands in line {taken[key]} too; make the two lines one")
        pins[key] = line.right
    return pins


def _key(q: str, folding: Folding) -> str:
    return compact(folding.fold(q))
