"""In which fields the pairs of characters of some parts are."""

from collections.abc import Iterable

from index.article import Part
from index.opensearch.mapping import PAIR_FIELDS


def pair_fields(parts: Iterable[Part]) -> tuple[str, ...]:
    """The field that all of these parts have together, else one for each of them.

    A body has hundreds of pairs, so that not each of the fifteen sets of parts has a field. Where a query is
    about two or three parts (`in=title,body`) the score of a pair is then the sum of its scores in each; an
    engine that reads places counts it once in all of them.
    """
    return tuple(PAIR_FIELDS[one] for one in pair_part_sets(parts))


def pair_part_sets(parts: Iterable[Part]) -> tuple[frozenset[Part], ...]:
    """The sets of parts whose fields these are, in the order of the parts."""
    wanted = frozenset(parts)
    if wanted in PAIR_FIELDS:
        return (wanted,)
    return tuple(frozenset({part}) for part in Part if part in wanted)
