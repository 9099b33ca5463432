"""What has to hold for the marks of any article and query."""

from collections.abc import Iterable

from index.analysis.analyzer import Analyzer
from index.article import Article
from search.language.document_numbers import spellings
from search.language.query import DocumentNumber, Near, Run, TextLeaf
from search.marking.highlights import Highlights


def assert_in_order(article: Article, marks: Highlights) -> None:
    """Spans are sorted, inside their text, not empty, and do not overlap."""
    for part, spans in marks.spans.items():
        assert spans, part
        end_before = 0
        for start, length in spans:
            assert length > 0
            assert start >= end_before
            end_before = start + length
        assert end_before <= len(article.text(part))


def assert_explained(
    article: Article, marks: Highlights, leaves: Iterable[TextLeaf], analyzer: Analyzer
) -> None:
    """The folded text under each span is a piece of the query, or several that overlap."""
    wanted = pieces_of(leaves, analyzer)
    for part, spans in marks.spans.items():
        for start, length in spans:
            marked = article.text(part)[start : start + length]
            assert marked == marked.strip()
            assert _is_tiled(analyzer.characters(marked), wanted), (marked, wanted)


def pieces_of(leaves: Iterable[TextLeaf], analyzer: Analyzer) -> frozenset[str]:
    """The folded texts that may be marked: what is looked for as it stands, and the words of the runs."""
    pieces: set[str] = set()
    for leaf in leaves:
        match leaf:
            case Near(first, second):
                pieces |= {analyzer.characters(first), analyzer.characters(second)}
            case DocumentNumber(text, number):
                pieces |= {analyzer.characters(text), *spellings(number)}
            case Run(text, others=others):
                for way in (text, *(other.text for other in others)):
                    pieces |= {analyzer.characters(way), *analyzer.query_words(way)}
            case _:
                pieces.add(analyzer.characters(leaf.text))
    return frozenset(pieces)


def _is_tiled(text: str, pieces: frozenset[str]) -> bool:
    """True if pieces that each overlap the one before cover the whole text."""
    places = sorted(
        (at, at + len(piece))
        for piece in pieces
        for at in range(len(text) - len(piece) + 1)
        if text.startswith(piece, at)
    )
    covered = 0
    for start, end in places:
        if start == 0 or start < covered:
            covered = max(covered, end)
    return bool(text) and covered == len(text)
