"""What an article is about, and what it states of itself: facts, regions, topics."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from index.article import DocumentFacts, RegionTag, TopicTag
from index.describe.facts import FactFinder
from index.regions.issuer import is_office
from index.regions.tagger import RegionTagger
from index.regions.tree import Regions
from index.text.folding import Folding
from index.topics.tagger import TopicTagger


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is to be described: the texts of an article as stored, and what came with it.

    `stated` are keys (folded) and values of a table on the page that says what document it is; `hint` is a
    region that the record names.
    """

    title: str
    lead: str
    body: str
    tags: tuple[str, ...]
    source: str | None
    origin: str | None
    published: datetime | None
    stated: Mapping[str, str]
    hint: str | None


@dataclass(frozen=True, slots=True)
class Description:
    """See `Article` for the parts."""

    document: DocumentFacts
    regions: tuple[RegionTag, ...]
    topics: tuple[TopicTag, ...]


@dataclass(frozen=True, slots=True)
class Describer:
    """Immutable and safe to share between threads."""

    facts: FactFinder
    regions: RegionTagger
    topics: TopicTagger

    @classmethod
    def load(cls, folding: Folding) -> Self:
        """A describer with the tables that come with this program."""
        regions = Regions.load()
        return cls(
            FactFinder.load(folding, regions),
            RegionTagger.load(folding, regions),
            TopicTagger.load(folding),
        )

    def _speaker(self, article: Subject) -> str:
        """Who wrote the article, where that is an office: it says more of the place than who printed it."""
        written_by = self.facts.folding.fold(article.origin or "")
        return article.origin or "" if is_office(written_by) else article.source or ""

    def describe(self, article: Subject) -> Description:
        """The description of an article by its repaired texts."""
        document = self.facts.find(
            title=article.title,
            lead=article.lead,
            body=article.body,
            source=article.source,
            published=article.published,
            stated=article.stated,
        )
        regions = self.regions.tag(
            title=article.title,
            lead=article.lead,
            source=self._speaker(article),
            body=article.body,
            agency=document.agency,
            hint=article.hint,
        )
        topics = self.topics.tag(title=article.title, lead=article.lead, body=article.body, tags=article.tags)
        return Description(document, regions, topics)
