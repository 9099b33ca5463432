"""The memory of a process, as the kernel counts it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_KB: Final = 1024
_RESET_PEAK: Final = "5"
"""What `clear_refs` takes for it (proc_pid_clear_refs(5))."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes of pages: `resident` of all that it maps; `proportional` with its share only of those that others
    map too; `private_dirty` of those that it wrote and nobody else has, swapped out ones too; `private_clean`
    of those of files that nobody else maps, which the kernel may drop and a second reader would share."""

    resident: int
    proportional: int
    private_dirty: int
    private_clean: int

    @property
    def unique(self) -> int:
        """What nobody else has: the unique set size."""
        return self.private_dirty + self.private_clean

    @classmethod
    def now(cls) -> "Usage":
        """Of this process."""
        return cls.of("self")

    @classmethod
    def of(cls, process: int | str) -> "Usage":
        """Of the process with this number."""
        sizes = _sizes(Path(f"/proc/{process}/smaps_rollup"))
        return cls(
            resident=sizes["Rss"],
            proportional=sizes["Pss"],
            private_dirty=sizes["Private_Dirty"] + sizes["Swap"],
            private_clean=sizes["Private_Clean"],
        )


def begin_peak() -> int:
    """Count the peak from now on: `ru_maxrss` has no reset, and begins with that of the parent process.

    Gives the bytes that are resident now.
    """
    Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
    return peak()


def peak() -> int:
    """The most bytes that were resident since `begin_peak`."""
    return _sizes(Path("/proc/self/status"))["VmHWM"]


def _sizes(path: Path) -> dict[str, int]:
    """The lines `Name:   123 kB`, in bytes."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {words[0].rstrip(":"): int(words[1]) * _KB for words in lines if words[-1:] == ["kB"]}
