"""The law of the four ways to match, beside the one of matching: sets of articles, and what is said of them.

Queries are trees as `simple` leaves them: these are read as they are written.
"""

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


class ModeEngine(ReferenceEngine):
    """Answers each way to match by trying every clause on every article."""

    def smart(self, tree: Node) -> Answer:
        """By relevance: long runs in part from the start."""
        everything, some = self._found(tree, Enough.ALL), self._found(tree, Enough.SHARE_OF_LONG)
        if some:
            return Answer(some, None if some == everything else len(everything))
        return self._rest(tree)

    def smart_by_date(self, tree: Node) -> Answer:
        """By date: in part where nothing has everything."""
        everything = self._found(tree, Enough.ALL)
        return Answer(everything, None) if everything else self._rest(tree)

    def any(self, tree: Node) -> Answer:
        """At least one part, and nothing that is excluded."""
        return Answer(self._found(tree, Enough.ONE), None)

    def every(self, tree: Node) -> Answer:
        """Every word."""
        return Answer(self._found(tree, Enough.ALL), None)

    def exact(self, q: str) -> Answer:
        """The query as one phrase, whatever is in it."""
        return self.every(Phrase(q))

    def _rest(self, tree: Node) -> Answer:
        some = self._found(tree, Enough.SHARED)
        return Answer(some, 0 if some else None)

    def _found(self, tree: Node, enough: Enough) -> frozenset[str]:
        found = self._of(tree, enough)
        return frozenset(self.match(All()) if found is None else found)

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
                return self._holding(telling) & self._intersection(wordless, enough)
            case And(children):
                return self._intersection(children, enough)
            case _:
                return self._matches(node)

    def _of_run(self, text: str, parts: tuple[int, ...], enough: Enough) -> set[str] | None:
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

    def _holding(self, words: list[tuple[str, tuple[int, ...]]]) -> set[str]:
        """The articles that hold the share of the words, each in its parts."""
        holders = [self._with_word(word, parts) for word, parts in words]
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
