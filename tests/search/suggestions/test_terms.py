from dataclasses import replace
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import RegionTag, Relation
from index.regions.tree import Regions
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.terms import IndexedTerms
from search.suggestions.vocabulary import Term
from tests.engines import Library, make_article
from tests.search.suggestions.shelf import Titles

GONE = RegionTag("429999", Relation.ABOUT, 1.0)
WUHAN = RegionTag("420100", Relation.ABOUT, 1.0)


def test_terms_are_words_values_and_titles_with_their_counts(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build(
        [
            replace(
                make_article("a", "武汉武汉。2024年。", title="武汉  快讯", source="甲报"),
                regions=(WUHAN, GONE),
            ),
            make_article("b", "武汉。", title=" ", source="甲报"),
        ]
    )
    snapshot = library.engine().snapshot()
    terms = set(IndexedTerms(Titles(library), Regions.load()).terms(snapshot))
    assert {
        Term(SuggestionKind.WORD, "武汉", "武汉", 2),
        Term(SuggestionKind.SOURCE, "甲报", "甲报", 2),
        Term(SuggestionKind.REGION, "武汉市", "420100", 1),
        Term(SuggestionKind.REGION, "湖北省", "420000", 1),
        Term(SuggestionKind.TITLE, "武汉 快讯", "武汉 快讯", 1),
    } <= terms
    assert not any(term.value == GONE.code for term in terms), "nobody can filter by a region that is no more"
    words = {term.text for term in terms if term.kind is SuggestionKind.WORD}
    assert all(len(word) > 1 and not word.isascii() for word in words)
    assert [term.text for term in terms if term.kind is SuggestionKind.TITLE] == ["武汉 快讯"]
