"""Generations of a Whoosh index in a folder: opened for writing, created, switched."""

import logging
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from index import generation as generations
from index.analysis.lexicon import Lexicon
from index.errors import GenerationDamaged, GenerationStale, StorageFailed
from index.generation import Generation, Manifest
from index.generations_kept import KeptGeneration, find_kept, kept_generations
from index.whoosh.files import FileVerifier
from index.whoosh.published import FORMAT, live_ids, read_published
from index.whoosh.succession import count_stale, succeed
from index.whoosh.writer import WhooshWriter
from index.writer import START_AVERAGE_LENGTH, IndexContents, IndexWriter, Succession

KEPT_GENERATIONS = 2
"""The live one and the one before it, which serves should the live one be damaged."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WhooshStore:
    """An IndexStore in a local folder; `analyzer` is the version that the live generation has to be of.

    `lexicon` is what that analyzer knows; without it no generation succeeds one of another analyzer.
    """

    root: Path
    analyzer: str
    verifier: FileVerifier = field(default_factory=FileVerifier)
    lexicon: Lexicon | None = None

    @property
    def is_shared(self) -> bool:
        return False

    def live(self) -> IndexWriter:
        return self._writer(generations.current(self.root))

    def resume(self) -> IndexWriter | None:
        for generation in generations.unfinished(self.root):
            try:
                return self._writer(generation)
            except (GenerationDamaged, GenerationStale) as error:
                _log.info("the rebuild does not go on from what was begun: %s", error)
            except StorageFailed as error:
                # It is only a start: a rebuild must not depend on it.
                _log.warning("the rebuild does not go on from what was begun: %s", error)
        return None

    def remove_unfinished(self) -> None:
        try:
            generations.remove_unfinished(self.root)
        except OSError as error:
            _log.warning("what was begun and not finished stays: %s", error)

    def create(self) -> IndexWriter:
        self.remove_unfinished()
        try:
            generation = generations.create(self.root)
        except OSError as error:
            raise StorageFailed(f"a new index cannot be begun in {self.root}: {error}") from error
        empty = Manifest(
            format=FORMAT,
            analyzer=self.analyzer,
            commit=0,
            sequence=0,
            articles=0,
            average_length=START_AVERAGE_LENGTH,
            files=(),
            lexicon=self.lexicon,
        )
        return WhooshWriter(generation, empty)

    def succeed(self) -> Succession | None:
        if self.lexicon is None:
            return None
        self.remove_unfinished()
        try:
            return succeed(self.root, self.analyzer, self.lexicon, self.verifier)
        except OSError as error:
            raise StorageFailed(f"a new index cannot be begun in {self.root}: {error}") from error

    def count_stale(self) -> int | None:
        return None if self.lexicon is None else count_stale(self.root, self.lexicon, self.verifier)

    def generations(self) -> tuple[KeptGeneration, ...]:
        return tuple(kept_generations(self.root))

    def roll_back(self, name: str) -> None:
        generation = find_kept(self.root, name)
        # A verifier of its own, and to its end: a generation that is damaged must not become the live one.
        read_published(generation, self.analyzer, FileVerifier(), partial(_contents, generation))
        try:
            generations.make_current(generation)
        except OSError as error:
            raise StorageFailed(
                f"readers cannot be switched to {generation.folder.name} ({error})"
            ) from error
        _log.info("rolled back to %s", name)

    def make_live(self, writer: IndexWriter) -> None:
        if not isinstance(writer, WhooshWriter):
            raise TypeError(f"{type(writer).__name__} is not a writer of this store")
        try:
            writer.generation = generations.make_current(writer.generation)
        except OSError as error:
            raise StorageFailed(
                f"readers cannot be switched to {writer.generation.folder.name} ({error}); "
                "the articles are safe: free some space, then run `policy-search rebuild`"
            ) from error
        try:
            generations.remove_old(self.root, KEPT_GENERATIONS)
        except (OSError, StorageFailed) as error:
            _log.warning("older generations stay until the next rebuild: %s", error)

    def set_aside(self) -> None:
        self._set_aside(generations.current(self.root))

    def _set_aside(self, generation: Generation) -> None:
        try:
            generations.set_aside(generation)
        except OSError as error:
            raise StorageFailed(
                f"the damaged index cannot be taken out of use ({error}); make {self.root} writable"
            ) from error

    def scrub(self) -> tuple[str, ...]:
        damaged: list[str] = []
        for generation in tuple(generations.newest_first(self.root)):
            try:
                # A verifier of its own: what was verified once may have changed on the disk.
                FileVerifier().verify(generation, generation.manifest())
            except GenerationDamaged as error:
                damaged.append(str(error))
                self._set_aside(generation)
        try:
            # What was still read when it was replaced.
            generations.remove_surplus(self.root, KEPT_GENERATIONS)
        except OSError as error:
            _log.warning("older generations stay for now: %s", error)
        return tuple(damaged)

    def verify(self) -> IndexContents:
        while True:
            generation = generations.current(self.root)
            try:
                # A verifier of its own: what was verified once may have changed on the disk.
                return read_published(
                    generation, self.analyzer, FileVerifier(), partial(_contents, generation)
                )
            except GenerationDamaged:
                # Unless a rebuild has ended meanwhile, which removes older generations.
                if generations.is_current(generation):
                    raise

    def _writer(self, generation: Generation) -> IndexWriter:
        return read_published(generation, self.analyzer, self.verifier, partial(WhooshWriter, generation))


def _contents(generation: Generation, manifest: Manifest) -> IndexContents:
    return IndexContents(
        generation=generation.name_of(manifest),
        sequence=manifest.sequence,
        ids=frozenset(live_ids(generation.folder, manifest)),
        entry=manifest.entry,
    )
