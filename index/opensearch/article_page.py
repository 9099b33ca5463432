"""What the documents of some articles say of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from index.article import Article
from index.article_reader import DamagedArticle
from index.opensearch.article_documents import Document, article_in, count_in, is_live
from index.opensearch.article_index import ADDED, CLUSTER
from index.reposts.cluster import CopyCount


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """An ArticlePage of the documents of its articles, by their ids, with the fields that it is asked for.

    `counts` reads those of clusters, by their numbers; it raises what the reader of the articles does.
    """

    documents: Mapping[str, Document]
    counts: Callable[[Iterable[int]], Mapping[int, Document]]

    def articles(self) -> Mapping[str, Article | DamagedArticle]:
        """Of the fields KIND, DATA and FAULT."""
        return {name: article_in(one, name) for name, one in self.documents.items() if is_live(one)}

    def copy_counts(self) -> Mapping[str, CopyCount]:
        """Of the fields KIND and CLUSTER. Asks for `counts` where an article has copies."""
        numbers = {
            name: number for name, one in self.documents.items() if (number := cluster_of(one)) is not None
        }
        found = self.counts(numbers.values()) if numbers else {}
        counts = {number: count_in(document) for number, document in found.items()}
        return {name: count for name, number in numbers.items() if (count := counts.get(number)) is not None}

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """Of the field ADDED."""
        found = ((name, self.documents.get(name, {})) for name in ids)
        return {name: datetime.fromisoformat(one[ADDED]) for name, one in found if ADDED in one}


def cluster_of(document: Document) -> int | None:
    """The number of the cluster that an article is in; None where it is in none, or is none."""
    return int(document[CLUSTER]) if CLUSTER in document and is_live(document) else None
