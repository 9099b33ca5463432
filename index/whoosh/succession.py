"""A generation that goes on from one that another analyzer made."""

import logging
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from index import generation as generations
from index.analysis.lexicon import Lexicon
from index.durable import fsync_folder
from index.generation import Generation, Manifest
from index.whoosh.codec.positions import UNIT
from index.whoosh.files import FileVerifier, copy_verified
from index.whoosh.holders import documents_holding
from index.whoosh.published import FORMAT, read_published
from index.whoosh.segments import WriterSegment, opened
from index.whoosh.toc import read_segments
from index.whoosh.writer import WhooshWriter
from index.writer import Succession

MAX_STALE: Final = 10_000
MAX_STALE_CHARACTERS: Final = 16_000_000
"""What is analysed again at most, as one commit holds it in memory: as much as one of a rebuild
(`index.indexer.REBUILD_BATCH`). Where more is stale, going through all articles costs little more."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Stale:
    """What an analyzer may cut otherwise than the one before: these ids, with so many characters in all."""

    ids: frozenset[str]
    characters: int


def count_stale(root: Path, lexicon: Lexicon, verifier: FileVerifier) -> int | None:
    """See `IndexStore.count_stale`."""
    live = generations.current(root)
    manifest = live.manifest()
    stale = _stale_of(live, manifest, lexicon, verifier)
    return None if stale is None else len(stale.ids)


def succeed(root: Path, analyzer: str, lexicon: Lexicon, verifier: FileVerifier) -> Succession | None:
    """See `IndexStore.succeed`. Raises OSError too."""
    live = generations.current(root)
    # Under the lock of the index no commit comes in between, so the same manifest is read again below.
    manifest = live.manifest()
    stale = _stale_of(live, manifest, lexicon, verifier)
    if stale is None:
        return None
    generation = generations.create(root)
    for file in manifest.files:
        # A link would be made at once, but damage to one file would cost both generations.
        copy_verified(file, live, generation)
    fsync_folder(generation.folder)
    # Without a manifest until the first commit, so that what a killed process leaves of it is nothing.
    return Succession(
        WhooshWriter(generation, replace(manifest, analyzer=analyzer, lexicon=lexicon)), stale.ids
    )


def _stale_of(
    live: Generation, manifest: Manifest, lexicon: Lexicon, verifier: FileVerifier
) -> _Stale | None:
    """What the changed words make stale; None where the generation has no successor with this lexicon."""
    before = _lexicon_of(manifest, lexicon)
    changed = None if before is None else lexicon.changed(before)
    if manifest.format != FORMAT or changed is None:
        return None
    stale = read_published(live, manifest.analyzer, verifier, partial(_stale, live.folder, changed))
    if len(stale.ids) > MAX_STALE or stale.characters > MAX_STALE_CHARACTERS:
        _log.info("%d articles hold one of the changed words: all are indexed anew", len(stale.ids))
        return None
    return stale


def _lexicon_of(manifest: Manifest, lexicon: Lexicon) -> Lexicon | None:
    """What the analyzer of a generation knew; None where that is not known."""
    if manifest.lexicon is None and manifest.analyzer == lexicon.base:
        return Lexicon(lexicon.base)
    return manifest.lexicon


def _stale(folder: Path, words: AbstractSet[str], manifest: Manifest) -> _Stale:
    """The live documents that hold one of the words."""
    ids: set[str] = set()
    characters = 0
    for entry in read_segments(folder, manifest):
        segment = opened(folder, entry)
        documents = _holding(words, segment)
        ids.update(segment.reader.ids_of(documents))
        characters += int(np.diff(segment.reader.first_units)[documents].sum(dtype=np.int64)) * UNIT
    return _Stale(frozenset(ids), characters)


def _holding(words: AbstractSet[str], segment: WriterSegment) -> list[int]:
    held = np.zeros(segment.reader.count, dtype=np.bool_)
    for word in words:
        held[documents_holding(word, segment.reader)] = True
    documents: list[int] = (held & segment.entry.live()).nonzero()[0].tolist()
    return documents
