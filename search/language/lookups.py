"""What of a query only tables and the index can say: its regions, and how many words a `*` stands for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from index.regions.resolve import Ambiguous, Found, RegionResolver
from index.text.characters import compact
from index.text.folding import Folding
from search.language.fields import REGION
from search.language.parser import ParseResult, in_order
from search.language.query import Leaf, Prefix, Run, Value, with_leaves
from search.results import Notice, NoticeKind

MAX_WORDS: Final = 1_000
"""Words that a `*` may stand for (API contract)."""


def with_regions(parsed: ParseResult, q: str, regions: RegionResolver) -> ParseResult:
    """The query with the codes of the regions that it names; what names none is text, with a notice."""
    notices: list[Notice] = []

    def look_up(leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Value) or leaf.field != REGION.name:
            return leaf
        match regions.find(leaf.text):
            case Found(codes):
                return replace(leaf, values=codes)
            case Ambiguous(candidates):
                notices.append(_notice(NoticeKind.AMBIGUOUS_REGION, leaf, q))
                return replace(leaf, values=tuple(candidate.code for candidate in candidates))
            case None:
                notices.append(_notice(NoticeKind.INVALID_VALUE, leaf, q))
                return leaf.instead

    return _changed(parsed, look_up, notices)


def with_narrow_prefixes(
    parsed: ParseResult, q: str, folding: Folding, words_with: Callable[[str], int]
) -> ParseResult:
    """The query with runs in place of prefixes that too many words begin with, each with a notice."""
    notices: list[Notice] = []

    def narrow(leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Prefix) or words_with(compact(folding.fold(leaf.text))) <= MAX_WORDS:
            return leaf
        notices.append(_notice(NoticeKind.WILDCARD_TOO_BROAD, leaf, q))
        return Run(leaf.text, leaf.parts, span=leaf.span)

    return _changed(parsed, narrow, notices)


def _changed(parsed: ParseResult, change: Callable[[Leaf], Leaf], notices: list[Notice]) -> ParseResult:
    query = with_leaves(parsed.query, change)
    return replace(parsed, query=query, notices=in_order([*parsed.notices, *notices]))


def _notice(kind: NoticeKind, leaf: Leaf, q: str) -> Notice:
    start, length = leaf.span
    return Notice(kind, q[start : start + length], leaf.span)
