"""What an ingest would do, without doing it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass

from index.article import Article, Original
from index.composing import Prepared
from index.corpus.fingerprint import article_digest, original_digest
from index.corpus.reader import CorpusReader
from index.corpus.writer import Outcome
from index.data_folder import DataFolder
from index.errors import CorpusMissing
from index.ingest import Composing, Failed, Skipped, Summary, left_out, summary_of
from index.readers.rows import Location, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What would become of one article; `repairs` counts the places where damage would be repaired."""

    location: Location
    id: str
    title: str
    outcome: Outcome
    repairs: int


DryEvent = Prospect | Failed | Skipped | Summary


@dataclass(frozen=True, slots=True)
class DryRun:
    """Compares articles with those of a data folder, which may be missing.

    Stores nothing. A database with an older schema is brought up to date by reading it (ReadingPool.open).
    """

    folder: DataFolder
    composing: Composing

    def run(self, rows: Iterable[Row]) -> Iterator[DryEvent]:
        """What would happen to each row, and a Summary last. Raises what CorpusReader.open does."""
        totals: Counter[str] = Counter()
        with ExitStack() as stack:
            stored = None
            with suppress(CorpusMissing):
                stored = stack.enter_context(CorpusReader.open(self.folder))
            digests: dict[str, bytes] = {}
            for prepared in stack.enter_context(closing(self.composing.map(rows))):
                event = (
                    _prospect(prepared, stored, digests)
                    if isinstance(prepared, Prepared)
                    else left_out(prepared)
                )
                totals[_outcome(event)] += 1
                yield event
        yield summary_of(totals, {})


def _outcome(event: Prospect | Failed | Skipped) -> str:
    """What a Summary calls it."""
    match event:
        case Prospect():
            return event.outcome.name.lower()
        case Failed():
            return "failed"
        case Skipped():
            return "skipped"


def _prospect(
    prepared: Prepared, stored: CorpusReader | None, digests: dict[str, bytes]
) -> Prospect | Failed:
    """`digests` are those of the articles that came before, by id; this one's is added."""
    article, original = prepared.composed.article, prepared.composed.original
    try:
        digest = _digest(article, original)
    except UnicodeEncodeError:
        return Failed(prepared.location, "bad-text: half of a surrogate pair stands in it, which is no text")
    outcomes = {None: Outcome.NEW, digest: Outcome.UNCHANGED}
    before = digests.get(article.id) or _stored_digest(article.id, stored)
    outcome = outcomes.get(before, Outcome.UPDATED)
    digests[article.id] = digest
    repairs = sum(repair.is_damage for repair in article.repairs)
    return Prospect(
        location=prepared.location, id=article.id, title=article.title, outcome=outcome, repairs=repairs
    )


def _stored_digest(article_id: str, stored: CorpusReader | None) -> bytes | None:
    """None where no such article is stored; a digest that no article has where it is damaged."""
    article = None if stored is None else stored.articles([article_id]).get(article_id)
    original = None if stored is None or article is None else stored.original(article_id)
    if article is None:
        return None
    if isinstance(article, Article) and isinstance(original, Original):
        return _digest(article, original)
    return b"damaged"


def _digest(article: Article, original: Original) -> bytes:
    return article_digest(article, original_digest(original))
