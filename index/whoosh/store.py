"""Generations of a Whoosh index in a folder: opened for writing, created, switched."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from index import generation as generations
from index.errors import GenerationStale, StorageFailed
from index.generation import Manifest
from index.whoosh.files import FileVerifier
from index.whoosh.writer import WhooshWriter
from index.writer import START_AVERAGE_LENGTH, IndexWriter

FORMAT = "whoosh-1"
"""Engine and layout: schema, part weights, record. A generation of another format is rebuilt."""
KEPT_GENERATIONS = 2
"""The live one and the one before it, which serves should the live one be damaged."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WhooshStore:
    """An IndexStore in a local folder; `analyzer` is the version that the live generation has to be of."""

    root: Path
    analyzer: str
    verifier: FileVerifier = field(default_factory=FileVerifier)

    def live(self) -> IndexWriter:
        generation = generations.current(self.root)
        manifest = generation.manifest()
        if manifest.format != FORMAT or manifest.analyzer != self.analyzer:
            raise GenerationStale(
                f"the index was made by {manifest.format} with analyzer {manifest.analyzer}; "
                f"this program is {FORMAT} with analyzer {self.analyzer}"
            )
        self.verifier.verify(generation, manifest)
        return WhooshWriter(generation, manifest)

    def create(self) -> IndexWriter:
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
        )
        return WhooshWriter(generation, empty)

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
        except OSError as error:
            _log.warning("older generations stay until the next rebuild: %s", error)

    def set_aside(self) -> None:
        try:
            generations.set_aside(generations.current(self.root))
        except OSError as error:
            raise StorageFailed(
                f"the damaged index cannot be taken out of use ({error}); make {self.root} writable"
            ) from error
