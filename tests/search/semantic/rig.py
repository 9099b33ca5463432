"""A search service with meaning over a few articles, for tests of what meaning does."""

from collections.abc import Sequence
from math import inf
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Article
from search.request import SearchRequest
from search.results import SearchResult
from search.rules.pinned import read_pins
from search.rules.query_rules import QueryRules
from search.semantic.answer import SemanticMode
from search.semantic.blending import Blending
from search.semantic.meaning import Meaning
from search.semantic.stage import SemanticStage
from search.service import SearchService
from tests.embedders import PairEmbedder
from tests.engines import Library, make_article, no_rules
from tests.search.semantic.kit import MemoryVectors

RERANK, HYBRID = SemanticMode.RERANK, SemanticMode.HYBRID
SAME = {"轿车": "汽车", "优惠": "补贴", "电动": "新能源"}
BLENDING = Blending(window=10, weight=1.5, brought_in=3, nearest=20, nearer=-inf)
SUBSIDY = "新能源汽车补贴"

ARTICLES = [
    make_article("long", "新能源汽车补贴。" + "会议讨论了交通和环境。" * 9, title="市政府召开会议"),
    make_article("short", "新能源汽车补贴", title="新能源汽车补贴"),
    make_article("middle", "新能源汽车补贴，会议讨论了交通和环境。", title="会议", source="湖北日报"),
    make_article("other", "电动轿车优惠", title="电动轿车优惠", source="湖北日报"),
    make_article("copy", "电动轿车优惠", title="电动轿车优惠", source="浙江日报"),
    make_article("copied", "新能源汽车补贴。今年小麦丰收", title="今年小麦丰收"),
    make_article("wheat", "今年小麦丰收", title="今年小麦丰收"),
]
CLUSTERS = {"other": 1, "copy": 1, "copied": 2, "wheat": 2}


class Rig:
    """An index of articles, an embedder, and vectors of the same articles and perhaps of others."""

    def __init__(
        self,
        path: Path,
        analyzer: Analyzer,
        articles: Sequence[Article] = ARTICLES,
        *,
        embedder: PairEmbedder | None = None,
        embedded: Sequence[Article] | None = None,
        pins: str = "",
    ) -> None:
        self.embedder = embedder or PairEmbedder(SAME)
        vectors = MemoryVectors(PairEmbedder(SAME), articles if embedded is None else embedded)
        self.stage = SemanticStage(self.embedder, vectors, BLENDING, budget_s=30.0)
        self.library = library = Library(path, analyzer, clusters=CLUSTERS)
        library.build(articles)
        folding = analyzer.folding
        rules = QueryRules(no_rules(folding).expander, read_pins(pins.encode(), "pinned.txt", folding))
        self.service = library.service(rules, Meaning(self.stage))

    def close(self) -> None:
        self.stage.close()


def asked(service: SearchService, mode: SemanticMode | None, **changes: object) -> SearchResult:
    return service.search(SearchRequest(**{"q": SUBSIDY, "semantic": mode, **changes}))  # type: ignore[arg-type]
