"""What one request costs the process that answers it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

MOST_SECONDS: Final = 2.0
"""Of processor time, that no query takes (reliability plan, P13)."""

MOST_MEGABYTES: Final = 200.0
"""That no query takes beyond what the process has before it."""

T = TypeVar("T")

_PEAK: Final = Path("/proc/self/clear_refs")
_STATUS: Final = Path("/proc/self/status")
_RESET_PEAK: Final = "5"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of all threads of the process; megabytes in use at one time beyond those before."""

    seconds: float
    megabytes: float

    @property
    def is_fair(self) -> bool:
        """Whether it is within what a query may take."""
        return self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MEGABYTES


def can_be_measured() -> bool:
    """Whether the system tells the most memory that a process had since it was asked last: Linux does."""
    return _PEAK.exists()


def cost_of(work: Callable[[], T]) -> tuple[T, Cost]:
    """What the work gives, and what it costs."""
    _PEAK.write_text(_RESET_PEAK, encoding="ascii")
    before = _kilobytes("VmHWM")
    started = time.process_time()
    outcome = work()
    seconds = time.process_time() - started
    return outcome, Cost(seconds, max(0, _kilobytes("VmHWM") - before) / 1_000)


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s*(\d+) kB$", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    if found is None:
        raise LookupError(f"the system does not tell {name}")
    return int(found[1])
