"""SearchEngine on Whoosh: follows the published generation and hands out snapshots of it."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import inf
from pathlib import Path

from index.errors import GenerationDamaged, GenerationStale, StorageFailed
from index.file_state import FileState
from index.generation import Generation, Manifest, begun, current_path, is_current, newest_first
from index.generation_hold import GenerationHold
from index.whoosh.codec.segment import ColumnarSegment
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.files import FileVerifier
from index.whoosh.published import read_published
from index.whoosh.toc import read_segments
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.pins import Pins
from search.whoosh.snapshot import OpenSegment, WhooshSnapshot

RETRY_S = 1.0
"""Seconds until files that could not be read are tried again, with nothing published. Chosen by hand."""

_log = logging.getLogger(__name__)

Seen = dict[Path, FileState | None]
"""The states of CURRENT and of the manifests that were looked at, None where there was none: with one of them
changed, look again."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found at the last look into the folder.

    `snapshot` is None where no generation is good. `reasons` say why; with a snapshot, what has to be mended
    all the same. `told` are the reasons that are in the log already: these, and those of other versions. It
    holds while `seen` is unchanged, until the moment `expires` of the monotonic clock.
    """

    snapshot: WhooshSnapshot | None = None
    reasons: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    seen: Seen = field(default_factory=dict)
    expires: float = -inf

    def holds(self) -> bool:
        return time.monotonic() < self.expires and all(
            _state(path) == state for path, state in self.seen.items()
        )


class WhooshEngine:
    """Opens the newest good generation of a folder, and again whenever a commit is published.

    Safe to share between threads. Every file is verified against the manifest before it is used, once per
    process. A generation that is damaged, or of another format or analyzer, is passed over for the one
    before it. While files cannot be read for another reason, such as too many open ones, what is open
    serves on.
    """

    def __init__(
        self, root: Path, analyzer: str, ranking: Ranking, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` gives the seconds by which pinned snapshots are kept."""
        self._root = root
        self._analyzer = analyzer
        self._ranking = ranking
        self._pins = Pins(clock)
        self._lock = threading.Lock()
        self._verifier = FileVerifier()
        self._look = _Look()

    def snapshot(self) -> WhooshSnapshot:
        """The newest published state; while another thread verifies a new one, the one before it.

        Raises IndexUnavailable, with the reasons, while there is none.
        """
        self._pins.expire()
        look = self._look
        if not look.holds() and self._lock.acquire(blocking=look.snapshot is None):
            try:
                if not self._look.holds():
                    self._look = self._look_again(self._look)
                look = self._look
            finally:
                self._lock.release()
        if look.snapshot is None:
            raise IndexUnavailable.without_state(look.reasons, begun(self._root))
        return look.snapshot

    def pin(self, generation: str) -> WhooshSnapshot:
        """The state of this name, kept for those who page through it; see `SearchEngine`.

        Raises SnapshotGone where it was not kept, where more states were pinned since than this process keeps
        at once, and where the name stands for two states; and IndexUnavailable.
        """
        self.snapshot()
        return self._pins.pin(generation)

    def passed_over(self) -> tuple[str, ...]:
        """What has to be mended although there is a snapshot; see `SearchEngine`."""
        return self._look.reasons

    def close(self) -> None:
        """Let go of all snapshots; searches that still use them end undisturbed."""
        self._look = _Look()
        self._pins.clear()

    def _look_again(self, last: _Look) -> _Look:
        seen = {current_path(self._root): _state(current_path(self._root))}
        reasons: list[str] = []
        stale: list[str] = []
        snapshot: WhooshSnapshot | None = None
        expires = inf
        try:
            for generation in newest_first(self._root):
                try:
                    snapshot = self._open(generation, seen, last.snapshot)
                    break
                except GenerationStale as error:
                    stale.append(str(error))
                    reasons.append(str(error))
                except GenerationDamaged as error:
                    reasons.append(str(error))
                except StorageFailed as error:
                    if last.snapshot is not None:
                        raise
                    expires = time.monotonic() + RETRY_S
                    reasons.append(str(error))
            if snapshot is not None and not reasons and not is_current(Generation(snapshot.folder)):
                # Unless it was switched while we looked: then the next look sees the switch.
                current = current_path(self._root)
                if _state(current) == seen[current]:
                    name = snapshot.folder.name
                    reasons.append(f"CURRENT does not name the newest whole generation, {name}")
        except StorageFailed as error:
            snapshot = snapshot or last.snapshot
            expires = time.monotonic() + RETRY_S
            reasons.append(str(error))
        for reason in reasons:
            if reason not in last.told:
                _log.warning("passed over: %s", reason)
        told = tuple(reasons)
        if snapshot is not None:
            # Another version of the program, which may be running too, wants its own generation as it is.
            reasons = [reason for reason in reasons if reason not in stale]
        return _Look(snapshot, tuple(reasons), told, seen, expires)

    def _open(self, generation: Generation, seen: Seen, last: WhooshSnapshot | None) -> WhooshSnapshot:
        # Taken first: a commit that comes while the files are read is looked at the next time.
        seen[generation.manifest_path] = _state(generation.manifest_path)
        former = last if last is not None and last.folder == generation.folder else None
        with generation.reading():
            hold = GenerationHold(generation.folder) if former is None else former.hold
        snapshot = read_published(
            generation, self._analyzer, self._verifier, partial(self._open_commit, generation, former, hold)
        )
        self._pins.saw(snapshot)
        if last is not None and last.columns is not snapshot.columns:
            last.columns.forget_queries()
        return snapshot

    def _open_commit(
        self,
        generation: Generation,
        former: WhooshSnapshot | None,
        hold: GenerationHold | None,
        manifest: Manifest,
    ) -> WhooshSnapshot:
        known = {} if former is None else {segment.name: segment for segment in former.segments}
        segments = [
            _open_segment(generation, segment, known)
            for segment in read_segments(generation.folder, manifest)
        ]
        columns = None if former is None else former.columns
        return WhooshSnapshot(generation, manifest, segments, self._ranking, columns, hold=hold)


def _open_segment(
    generation: Generation, segment: ColumnarSegment, known: Mapping[str, OpenSegment]
) -> OpenSegment:
    """A segment of a commit; the file is not opened again where it is known from the commit before."""
    name = segment.segment_id()
    reader = known[name].reader if name in known else open_segment(segment.path(generation.folder))
    return OpenSegment(name, reader, segment.live() if segment.has_deletions() else None)


def _state(path: Path) -> FileState | None:
    """None while there is no such file."""
    try:
        return FileState.of(path)
    except OSError:
        return None
