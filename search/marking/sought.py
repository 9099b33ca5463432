"""What the highlighter looks for in a text: each leaf of a query in the forms in which it may stand there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.text.characters import CompactText
from search.language.document_numbers import spellings
from search.language.query import EVERYWHERE, DocumentNumber, Near, Prefix, Run, TextLeaf
from search.marking.nearness import near_places

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """Characters that stand in a text in one piece."""

    characters: str

    def stands_in(self, text: CompactText) -> bool:
        return self.characters in text.text

    def places(self, text: CompactText) -> Iterator[Range]:
        """Spans (start, end) in the text with its white space, by start."""
        return text.occurrences(self.characters)


@dataclass(frozen=True, slots=True)
class Together:
    """Two texts near each other; what `search.language.query.Near` asks for, in characters."""

    first: str
    second: str
    gap: int

    def stands_in(self, text: CompactText) -> bool:
        return next(near_places(self.first, self.second, self.gap, text.text), None) is not None

    def places(self, text: CompactText) -> Iterator[Range]:
        """Spans (start, end) in the text with its white space, by start."""
        for start, end in near_places(self.first, self.second, self.gap, text.text):
            yield text.offset(start), text.offset(end - 1) + 1


Form = Standing | Together


@dataclass(frozen=True, slots=True)
class Sought:
    """A leaf as the parts of an article are compared with it.

    `words` are those that are marked where none of the forms stands in any of the parts; only runs have some.
    A `stem` is marked where words begin with it, and has no forms. The `others` are other ways to write it,
    whose words are marked as its own are; their forms are among its own, behind them. `text` is the leaf's.
    """

    forms: tuple[Form, ...]
    words: frozenset[str]
    parts: tuple[Part, ...]
    stem: str | None = None
    others: tuple["Sought", ...] = ()
    text: str = field(default="", compare=False)

    @property
    def own_forms(self) -> tuple[Form, ...]:
        """The forms without those of other ways to write it."""
        return self.forms[: len(self.forms) - sum(len(other.forms) for other in self.others)]

    @property
    def is_anywhere(self) -> bool:
        """True if its words count as words of the article; inside a part their characters do."""
        return self.parts == EVERYWHERE

    @property
    def single_characters(self) -> frozenset[str]:
        """The words that have to be words of the article, even where only the characters of a part decide."""
        return frozenset(word for word in self.words if len(word) == 1)


def sought_of(leaf: TextLeaf, analyzer: Analyzer) -> Sought:
    """What to look for in an article that this leaf has found, as `search.planning.clause_plans` finds it."""
    words = frozenset(analyzer.query_words(leaf.text)) if isinstance(leaf, Run) else frozenset[str]()
    if isinstance(leaf, Prefix) and leaf.parts == EVERYWHERE:
        stem = analyzer.characters(leaf.text)
        if analyzer.query_words(leaf.text) == (stem,):
            return Sought((), words, leaf.parts, stem)
    others = _others(leaf, analyzer) if isinstance(leaf, Run) else ()
    forms = (*_forms(leaf, analyzer), *(form for other in others for form in other.forms))
    return Sought(forms, words, leaf.parts, others=others, text=_text(leaf))


def _text(leaf: TextLeaf) -> str:
    return f"{leaf.first} {leaf.second}" if isinstance(leaf, Near) else leaf.text


def _others(run: Run, analyzer: Analyzer) -> tuple[Sought, ...]:
    return tuple(sought_of(Run(other.text, run.parts), analyzer) for other in run.others)


def _forms(leaf: TextLeaf, analyzer: Analyzer) -> tuple[Form, ...]:
    match leaf:
        case Near(first, second, gap):
            return (Together(analyzer.characters(first), analyzer.characters(second), gap),)
        case DocumentNumber(text, number):
            return tuple(map(Standing, dict.fromkeys((analyzer.characters(text), *spellings(number)))))
        case _:
            return (Standing(analyzer.characters(leaf.text)),)
