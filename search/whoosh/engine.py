"""SearchEngine on Whoosh: follows the published generation and hands out snapshots of it."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.errors import GenerationDamaged, GenerationStale
from index.generation import Generation, Manifest, newest_first
from index.whoosh.files import INDEX_NAME, FileVerifier
from index.whoosh.schema import schema
from index.whoosh.store import FORMAT
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.segment import Columns, Segment
from search.whoosh.snapshot import WhooshSnapshot

OVERTAKEN_TRIES = 5
"""How often opening starts again because a commit replaced the files meanwhile."""

_log = logging.getLogger(__name__)

FileState = tuple[int, int]
Seen = dict[Path, FileState]
"""The states of CURRENT and of the manifests that were looked at: with one of them changed, look again."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A snapshot, and what told that it was the newest good one."""

    seen: Seen
    snapshot: WhooshSnapshot


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why no generation is good, and what told so."""

    seen: Seen
    reasons: str


class WhooshEngine:
    """Opens the newest good generation of a folder, and again whenever a commit is published.

    Safe to share between threads. Every file is verified against the manifest before it is used, once per
    process. A generation that is damaged, or of another format or analyzer, is passed over for the one
    before it.
    """

    def __init__(self, root: Path, analyzer: str, ranking: Ranking) -> None:
        self._root = root
        self._analyzer = analyzer
        self._ranking = ranking
        self._schema = schema()
        self._lock = threading.Lock()
        self._verifier = FileVerifier()
        self._opened: _Opened | None = None
        self._refused: _Refused | None = None

    def snapshot(self) -> WhooshSnapshot:
        """The newest published state. Raises IndexUnavailable, with the reasons, while there is none."""
        opened = self._opened
        if opened is not None and _unchanged(opened.seen):
            return opened.snapshot
        with self._lock:
            if self._opened is None or not _unchanged(self._opened.seen):
                self._opened = self._newest_good()
            return self._opened.snapshot

    def close(self) -> None:
        """Let go of the open snapshot; searches that still use it end undisturbed."""
        self._opened = None

    def _newest_good(self) -> _Opened:
        if self._refused is not None and _unchanged(self._refused.seen):
            # The same files would be read and refused again.
            raise IndexUnavailable(self._refused.reasons)
        current = self._root / "CURRENT"
        seen = {current: _state(current)}
        reasons = []
        for generation in newest_first(self._root):
            try:
                return _Opened(seen, self._open_generation(generation, seen))
            except (GenerationDamaged, GenerationStale) as error:
                _log.warning("passed over: %s", error)
                reasons.append(str(error))
        self._refused = _Refused(seen, "; ".join(reasons) or "no index has been built yet")
        raise IndexUnavailable(self._refused.reasons)

    def _open_generation(self, generation: Generation, seen: Seen) -> WhooshSnapshot:
        for _ in range(OVERTAKEN_TRIES):
            seen[generation.manifest_path] = _state(generation.manifest_path)
            manifest = generation.manifest()
            try:
                return self._open_commit(generation, manifest)
            except (GenerationDamaged, OSError) as error:
                failure = error
                if generation.manifest().commit == manifest.commit:
                    break
        if isinstance(failure, GenerationDamaged):
            raise failure
        raise GenerationDamaged(generation.folder, f"it cannot be opened ({failure})") from failure

    def _open_commit(self, generation: Generation, manifest: Manifest) -> WhooshSnapshot:
        if (manifest.format, manifest.analyzer) != (FORMAT, self._analyzer):
            raise GenerationStale(f"{generation.folder.name} was made by another version of this program")
        self._verifier.verify(generation, manifest)
        storage = FileStorage(str(generation.folder), readonly=True)
        toc = TOC.read(storage, INDEX_NAME, gen=manifest.commit, schema=self._schema)
        known: dict[str, Columns] = {}
        if self._opened is not None and self._opened.snapshot.folder == generation.folder:
            known = self._opened.snapshot.columns()
        segments = {
            segment.segment_id(): Segment(
                str(generation.folder), self._schema, segment, known.get(segment.segment_id())
            )
            for segment in toc.segments
        }
        return WhooshSnapshot(generation, manifest, segments, self._ranking)


def _unchanged(seen: Seen) -> bool:
    return all(_state(path) == state for path, state in seen.items())


def _state(path: Path) -> FileState:
    """What changes whenever a file is replaced: inode and time; zeros while there is none."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_ino, stat.st_mtime_ns)
