"""Which articles are analysed, where that happens in this process."""

from datetime import datetime

import pytest

from index import analysing
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.documents import IndexDocument, to_document


def noted_analyses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on the ids of the articles that are analysed."""
    analysed: list[str] = []

    def noted(article: Article, analyzer: Analyzer, added: datetime, cluster: int | None) -> IndexDocument:
        analysed.append(article.id)
        return to_document(article, analyzer, added, cluster)

    monkeypatch.setattr(analysing, "to_document", noted)
    return analysed
