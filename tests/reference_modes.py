"""The law of the four ways to match, beside the one of matching: sets of articles, and what is said of them.

Runs may have other ways to be written: all words of such a way count as the run does, and where a share
of all runs is enough, a way in one piece counts as one word more.

Queries are trees as `simple` leaves them: these are read as they are written.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tests.reference_engine import (
    EVERY_PART,
    All,
    And,
    In,
    Node,
    Not,
    Or,
    Phrase,
    ReferenceArticle,
    ReferenceEngine,
    Run,
    Written,
    chars,
    query_words,
    says_nothing,
    without_sentence_marks,
)

LONG: Final = 4
SHARE: Final = 8


OtherWays = Callable[[str], tuple[str, ...]]
"""The other ways to write a run."""


class Enough(Enum):
    """How much of a run is enough: all words; of long runs a share; a share of all runs; one word."""

    ALL = "all"
    SHARE_OF_LONG = "a share of long ones"
    SHARED = "a share"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of the hits; how many have everything, where some do not; None where all do."""

    found: frozenset[str]
    with_everything: int | None


def simple(tree: Node) -> Node:
    """The same without what is no clause, groups of one, and groups within groups of the same kind."""
    kept = _kept(tree)
    return All() if kept is None else kept


def as_typed(_run: str) -> tuple[str, ...]:
    """No other ways to write a run."""
    return ()


class ModeEngine(ReferenceEngine):
    """Answers each way to match by trying every clause on every article.

    Hits are `within` a set of ids, where one is given.
    """

    def __init__(self, articles: Iterable[ReferenceArticle], other_ways: OtherWays = as_typed) -> None:
        super().__init__(articles)
        self._other_ways = other_ways

    def smart(self, tree: Node, within: Set[str] | None = None) -> Answer:
        """By relevance: long runs in part from the start."""
        everything = self._found(tree, Enough.ALL, within)
        some = self._found(tree, Enough.SHARE_OF_LONG, within)
        if some:
            return Answer(some, None if some == everything else len(everything))
        return self._rest(tree, within)

    def smart_by_date(self, tree: Node, within: Set[str] | None = None) -> Answer:
        """By date: in part where nothing has everything."""
        everything = self._found(tree, Enough.ALL, within)
        return Answer(everything, None) if everything else self._rest(tree, within)

    def any(self, tree: Node, within: Set[str] | None = None) -> Answer:
        """At least one part, and nothing that is excluded."""
        return Answer(self._found(tree, Enough.ONE, within), None)

    def every(self, tree: Node, within: Set[str] | None = None) -> Answer:
        """Every word."""
        return Answer(self._found(tree, Enough.ALL, within), None)

    def exact(self, q: str, within: Set[str] | None = None) -> Answer:
        """The query as one phrase, whatever is in it."""
        return self.every(Phrase(q), within)

    def _rest(self, tree: Node, within: Set[str] | None) -> Answer:
        some = self._found(tree, Enough.SHARED, within)
        return Answer(some, 0 if some else None)

    def _found(self, tree: Node, enough: Enough, within: Set[str] | None) -> frozenset[str]:
        found = self._of(tree, enough)
        every = self.match(All()) if found is None else found
        return frozenset(every if within is None else every & within)

    def _of(self, node: Node, enough: Enough) -> set[str] | None:
        match node:
            case Run(text):
                return self._of_run(text, EVERY_PART, enough)
            case In(part, Run(text)) | Written(In(part, Run(text))):
                return self._of_run(text, (part,), enough)
            case Or(children):
                return self._union(children, enough)
            case And(children) if enough is Enough.ONE:
                wanted = tuple(child for child in children if not isinstance(child, Not))
                others = self._intersection([child for child in children if isinstance(child, Not)], enough)
                return others if not wanted else self._union(wanted, enough) & others
            case And(children) if enough is Enough.SHARED:
                words = dict.fromkeys(word for child in children for word in _words(child))
                telling = [(word, part) for word, part in words if len(word) > 1]
                if not telling:
                    return self._intersection(children, enough)
                wordless = [child for child in children if not _words(child)]
                ways = [found for child in children if (found := self._standing_in_another_way(child))]
                return self._holding(telling, ways) & self._intersection(wordless, enough)
            case And(children):
                return self._intersection(children, enough)
            case _:
                return self._matches(node)

    def _of_run(self, text: str, parts: tuple[int, ...], enough: Enough) -> set[str] | None:
        typed = self._of_typed(text, parts, enough)
        ways = self._other_ways(without_sentence_marks(text))
        return None if typed is None else typed.union(*(self._with_run(way, parts) for way in ways))

    def _of_typed(self, text: str, parts: tuple[int, ...], enough: Enough) -> set[str] | None:
        run = without_sentence_marks(text)
        everything = self._clause(Run(text), parts)
        words = list(dict.fromkeys(query_words(run)))
        if everything is None or len(chars(run)) == 1 or enough is Enough.ALL:
            return everything
        if enough is Enough.ONE:
            return everything.union(*(self._with_word(word, parts) for word in words))
        telling = [(word, parts) for word in words if len(word) > 1]
        if not telling or (enough is Enough.SHARE_OF_LONG and len(words) < LONG):
            return everything
        return everything | self._holding(telling)

    def _standing_in_another_way(self, node: Node) -> set[str]:
        """Where a run stands in one piece in another way; nowhere for other nodes."""
        match node:
            case Run(text):
                parts: tuple[int, ...] = EVERY_PART
            case In(part, Run(text)) | Written(In(part, Run(text))):
                parts = (part,)
            case _:
                return set()
        ways = self._other_ways(without_sentence_marks(text))
        return set().union(*(self._with_chars(chars(way), parts) for way in ways))

    def _holding(self, words: list[tuple[str, tuple[int, ...]]], others: Iterable[Set[str]] = ()) -> set[str]:
        """The articles that hold the share of the words, each in its parts; being one of the `others` counts
        as holding a word."""
        holders = [*(self._with_word(word, parts) for word, parts in words), *others]
        needed = max(1, len(words) // SHARE)
        return {name for name in set().union(*holders) if sum(name in ids for ids in holders) >= needed}

    def _union(self, nodes: tuple[Node, ...], enough: Enough) -> set[str]:
        return set().union(*(self._of(node, enough) or set() for node in nodes))

    def _intersection(self, nodes: tuple[Node, ...] | list[Node], enough: Enough) -> set[str]:
        return self.match(All()).intersection(*(self._of(node, enough) or set() for node in nodes))


def _words(node: Node) -> list[tuple[str, tuple[int, ...]]]:
    """The words of a run, each with the parts that it is looked for in; none of other nodes."""
    match node:
        case Run(text):
            return [(word, EVERY_PART) for word in query_words(without_sentence_marks(text))]
        case In(part, Run(text)) | Written(In(part, Run(text))):
            return [(word, (part,)) for word in query_words(without_sentence_marks(text))]
        case _:
            return []


def _kept(node: Node) -> Node | None:
    match node:
        case And(children):
            return _group(And, [_unpacked(And, child) for child in map(_kept, children)])
        case Or(children):
            return _group(Or, [_unpacked(Or, child) for child in map(_kept, children)])
        case Not(child):
            inner = _kept(child)
            return None if inner is None else Not(inner)
        case Written(In(_, clause)) | In(_, clause) if isinstance(clause, Run | Phrase):
            return None if _kept(clause) is None else node
        case Run(text):
            return None if says_nothing(without_sentence_marks(text)) else node
        case Phrase(text):
            return None if says_nothing(text) else node
        case All():
            return None
        case _:
            return node


def _unpacked(kind: type[And] | type[Or], node: Node | None) -> tuple[Node, ...]:
    """What a group holds in the place of a child."""
    if isinstance(node, kind):
        return node.children
    return () if node is None else (node,)


def _group(kind: type[And] | type[Or], children: list[tuple[Node, ...]]) -> Node | None:
    kept = tuple(node for nodes in children for node in nodes)
    return kept[0] if len(kept) == 1 else kind(kept) if kept else None
