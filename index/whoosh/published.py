"""Reads what is published in a generation folder: the newest commit, verified, while others may commit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from index.errors import GenerationDamaged, GenerationStale
from index.generation import Generation, Manifest
from index.whoosh.codec.errors import SegmentDamaged
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.files import FileVerifier
from index.whoosh.toc import read_segments

FORMAT = "whoosh-columnar-2"
"""Engine and layout: schema, part weights, segments. A generation of another format is rebuilt."""

OVERTAKEN_TRIES = 5
"""How often reading starts again because a commit replaced the files meanwhile."""

Result = TypeVar("Result")


def read_published(
    generation: Generation, analyzer: str, verifier: FileVerifier, read: Callable[[Manifest], Result]
) -> Result:
    """What `read` makes of the newest commit, all files of which were verified before.

    Raises GenerationDamaged, GenerationStale (made by another format or analyzer), and StorageFailed where
    the files cannot be read now.
    """
    for _ in range(OVERTAKEN_TRIES):
        manifest = generation.manifest()
        if (manifest.format, manifest.analyzer) != (FORMAT, analyzer):
            raise GenerationStale(
                f"{generation.folder.name} was made by another version of this program, {manifest.format} "
                f"with analyzer {manifest.analyzer}; this one is {FORMAT} with analyzer {analyzer}"
            )
        try:
            verifier.verify(generation, manifest)
            with generation.reading():
                return read(manifest)
        except SegmentDamaged as error:
            damage = GenerationDamaged(generation.folder.name, str(error))
        except GenerationDamaged as error:
            damage = error
        if generation.manifest().commit == manifest.commit:
            break
    raise damage


def live_ids(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The ids of all articles of a verified commit. Raises OSError and SegmentDamaged."""
    for segment in read_segments(folder, manifest):
        reader = open_segment(segment.path(folder))
        for document in segment.live().nonzero()[0].tolist():
            yield reader.id_of(document)
