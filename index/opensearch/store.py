"""IndexStore on OpenSearch: generations are indexes of a cluster, and an alias says which one is searched."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from opensearchpy import OpenSearch

from index.averages import Averages
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale, StorageFailed
from index.generations_kept import GenerationUnknown, KeptGeneration
from index.opensearch.contents import count_at, ids_at, state_of
from index.opensearch.errors import ClusterRefused
from index.opensearch.generations import Found, Generation, find_all, searched, write
from index.opensearch.indexes import (
    create_index,
    delete_index,
    lead_readers_to,
    take_from_readers,
    wait_until_searchable,
)
from index.opensearch.kept import kept_generations, surplus
from index.opensearch.patience import Patience
from index.opensearch.published import FORMAT, Published, Scoring, Stage
from index.opensearch.writer import OpenSearchWriter, WriterSettings
from index.writer import IndexContents, IndexWriter, Succession

VERIFY_SECONDS: Final = 10.0
"""How long `verify` looks for a moment at which all that was written is published: commits take less."""

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """Readers need nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """How a store makes its generations.

    `analyzer` is the version that the live one has to be of, and `scoring` what it has to be made for. New
    ones get `averages`, asked for when one is begun, and so many `shards` and `replicas`; before one is there
    `begun` is called, for what its readers need beside it.
    """

    analyzer: str
    scoring: Scoring
    averages: Callable[[], Averages]
    begun: Callable[[], None] = _nothing
    shards: int = 1
    writer: WriterSettings = field(default_factory=WriterSettings)

    @property
    def replicas(self) -> int:
        return self.writer.copies - 1


class OpenSearchStore:
    """An IndexStore in a cluster. For one machine, that of the articles: its lock says who may write.

    The alias `prefix` leads readers to one generation. That is the live one, unless it was set aside: then
    it is the last good one, which is only read, and a rebuild makes another.

    A generation that is replaced stays for a while for those who page through it (`kept.GRACE`), so that it
    is removed by what is done later: the next switch, or the next scrub.
    """

    def __init__(self, client: OpenSearch, prefix: str, settings: StoreSettings) -> None:
        self._client = client
        self._prefix = prefix
        self._settings = settings

    @property
    def is_shared(self) -> bool:
        return True

    def live(self) -> IndexWriter:
        one = self._live(self._found())
        self._check_version(one)
        return self._writer(one)

    def create(self) -> IndexWriter:
        found = self._remove_unfinished(self._found())
        self._attempt(self._settings.begun)
        number = 1 + max((one.generation.number for one in found), default=0)
        generation = Generation(self._prefix, number)
        published = Published(
            format=FORMAT,
            analyzer=self._settings.analyzer,
            scoring=self._settings.scoring,
            averages=self._settings.averages(),
        )
        self._attempt(
            lambda: create_index(
                self._client,
                generation,
                published,
                shards=self._settings.shards,
                replicas=self._settings.replicas,
            )
        )
        return OpenSearchWriter(self._client, generation, published, self._settings.writer)

    def resume(self) -> IndexWriter | None:
        for one in sorted(self._found(), key=lambda one: -one.generation.number):
            if one.is_unfinished and one.published is not None and one.published.newest is not None:
                try:
                    self._check_version(one)
                    return self._writer(one)
                except GenerationStale as error:
                    _log.info("the rebuild does not go on from what was begun: %s", error)
        return None

    def succeed(self) -> Succession | None:
        """None: what another analyzer made is made anew.

        To begin with the documents of the live generation the cluster would have to copy them, and it has not
        kept the terms that they were indexed with.
        """
        return None

    def count_stale(self) -> int | None:
        """None, as `succeed`."""
        return None

    def generations(self) -> tuple[KeptGeneration, ...]:
        return kept_generations(self._client, self._found())

    def roll_back(self, name: str) -> None:
        found = self._found()
        one = next((one for one in found if one.is_kept and one.name == name), None)
        if one is None:
            raise GenerationUnknown("no generation of this name is kept; see the list of those that are")
        self._check_version(one)
        damage = self._damage(one)
        if damage is not None:
            raise damage
        self._lead_readers_to(self._writer(one))
        _log.info("rolled back to %s", name)

    def remove_unfinished(self) -> None:
        try:
            self._remove_unfinished(self._found())
        except (StorageFailed, ClusterRefused) as error:
            _log.warning("what was begun and not finished stays: %s", error)

    def make_live(self, writer: IndexWriter) -> None:
        if not isinstance(writer, OpenSearchWriter):
            raise TypeError(f"{type(writer).__name__} is not a writer of this store")
        before = self._found()
        self._attempt(lambda: wait_until_searchable(self._client, writer.generation))
        self._lead_readers_to(writer)
        # By how long the one before was live: those before that one have been replaced for as long.
        self._remove_surplus(before, writer.generation)

    def set_aside(self) -> None:
        found = self._found()
        self._set_aside(searched(found), found)

    def scrub(self) -> tuple[str, ...]:
        found = self._found()
        damaged: list[str] = []
        for one in found:
            damage = self._damage(one)
            if damage is not None:
                damaged.append(str(damage))
                self._set_aside(one, found)
        self._remove_surplus(self._found())
        return tuple(damaged)

    def verify(self) -> IndexContents:
        return Patience(VERIFY_SECONDS).attempt(self._verified)

    def _verified(self) -> IndexContents:
        one = self._live(self._found())
        self._check_version(one)
        published = one.state()
        if published.newest is None:
            raise GenerationDamaged(one.generation.index, "it was made live without a commit")
        with state_of(self._client, one.generation.index, published.newest) as point:
            ids = frozenset(ids_at(self._client, point))
        return IndexContents(generation=one.name, sequence=published.sequence, ids=ids, entry=published.entry)

    def _found(self) -> tuple[Found, ...]:
        return find_all(self._client, self._prefix)

    def _live(self, found: Iterable[Found]) -> Found:
        """The one to bring up to date. Raises GenerationMissing, GenerationStale and GenerationDamaged."""
        one = searched(found)
        one.state()
        if not one.is_live:
            raise GenerationMissing(
                f"the index {one.generation.index} is no more than a fallback; run `policy-search rebuild`"
            )
        return one

    def _check_version(self, one: Found) -> None:
        """Raises GenerationStale where another analyzer or ranking made it, and what `Found.state` does."""
        published = one.state()
        wanted = self._settings
        if (published.analyzer, published.scoring) != (wanted.analyzer, wanted.scoring):
            raise GenerationStale(
                f"{one.generation.index} was made by another version of this program, with analyzer "
                f"{published.analyzer} for {published.scoring}; this one has {wanted.analyzer} and "
                f"{wanted.scoring}"
            )

    def _damage(self, one: Found) -> GenerationDamaged | None:
        """What is wrong with one that is kept, as far as it can be told without the articles."""
        if not one.is_kept or one.is_of_other_format:
            return None
        try:
            newest = one.state().newest
        except GenerationDamaged as error:
            return error
        if newest is None:
            return GenerationDamaged(one.generation.index, "it was made live without a commit")
        for point in newest.points_in_time:
            count = count_at(self._client, point)
            if count is not None and count != newest.articles:
                reason = f"it holds {count:,} articles where {newest.articles:,} were committed"
                return GenerationDamaged(one.generation.index, reason)
        return None

    def _set_aside(self, one: Found, found: Iterable[Found]) -> None:
        """Take a damaged generation out of use, and lead readers to the best that is left."""
        if one.published is not None:
            self._write(one, replace(one.published, stage=Stage.SET_ASIDE))
        if not one.is_searched:
            return
        others = (other for other in found if other.is_finished and other.generation != one.generation)
        best = next((other for other in others if self._damage(other) is None), None)
        if best is None or best.published is None:
            self._attempt(lambda: take_from_readers(self._client, one.generation))
            return
        fallback = best.generation
        self._write(best, replace(best.published, stage=Stage.FALLBACK, live_since=datetime.now(UTC)))
        self._attempt(lambda: lead_readers_to(self._client, fallback))

    def _lead_readers_to(self, writer: OpenSearchWriter) -> None:
        writer.published = replace(writer.published, stage=Stage.FINISHED, live_since=datetime.now(UTC))
        self._attempt(writer.publish)
        self._attempt(lambda: lead_readers_to(self._client, writer.generation))

    def _remove_unfinished(self, found: Iterable[Found]) -> tuple[Found, ...]:
        """Remove what was begun; gives the others."""
        others: list[Found] = []
        for one in found:
            if one.is_unfinished:
                delete_index(self._client, one.generation)
            else:
                others.append(one)
        return tuple(others)

    def _remove_surplus(self, found: Sequence[Found], *others: Generation) -> None:
        """Remove what nobody reads any longer, but for these; what cannot be removed now stays."""
        try:
            for one in surplus(found, datetime.now(UTC)):
                if one.generation not in others:
                    delete_index(self._client, one.generation)
        except (StorageFailed, ClusterRefused) as error:
            _log.warning("older generations stay for now: %s", error)

    def _writer(self, one: Found) -> OpenSearchWriter:
        return OpenSearchWriter(self._client, one.generation, one.state(), self._settings.writer)

    def _write(self, one: Found, published: Published) -> None:
        self._attempt(lambda: write(self._client, one.generation, published))

    def _attempt(self, action: Callable[[], None]) -> None:
        self._settings.writer.patience.attempt(action)
