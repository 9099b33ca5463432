"""Once a day a running server reads all that it holds: disks forget, and nobody asks for every article."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from index.check import Finding, Place
from index.errors import WriterBusy
from index.upkeep import Upkeep
from web.serving.commands_aside import run_aside

PERIOD_S: Final = 86_400.0
INTERVAL_S: Final = 60.0
"""How often it is asked whether it is time to check."""
FIRST_S: Final = 3_600.0
"""From the start to the first check: a server that is restarted all the time has other things to do."""
RETRY_S: Final = 3_600.0
"""Until a check that could not be made is tried again."""
LOWEST: Final = 19
"""The priority that gives way to everything else (`man 2 setpriority`)."""
ENDED: Final = frozenset({0, 1})
"""With what a check ends that was made: all is well, or something is not."""
NAMED: Final = 3
"""How many findings `/readyz` names; the log names all."""

_FINDING: Final = msgspec.json.Decoder(Finding)

_log = logging.getLogger(__name__)


class DailyCheck:
    """Verifies the index, then reads all articles in a process that gives way to everything else.

    A damaged generation is taken out of use, so that the last good one answers until it is made anew. What is
    wrong with the articles only a person can mend: it is told until a later check finds them whole.
    """

    work = "the daily check"

    def __init__(
        self,
        upkeep: Upkeep,
        command: Sequence[str],
        clock: Callable[[], float] = time.monotonic,
        first_s: float = FIRST_S,
    ) -> None:
        """`command` prints each Finding as a line of JSON, and ends with 0, or 1 where there are any."""
        self._upkeep = replace(upkeep, wait=0.0)
        self._command = command
        self._clock = clock
        self._due = clock() + first_s
        self._found: tuple[str, ...] = ()

    @property
    def failure(self) -> str | None:
        """What the last check found; None if all was well, or none has been made yet."""
        if not self._found:
            return None
        more = len(self._found) - NAMED
        return "; ".join((*self._found[:NAMED], *([f"and {more} more (see the log)"] if more > 0 else [])))

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Check if it is time to; called by one thread, again and again.

        While another process is indexing it is not time. Raises StorageFailed and OSError.
        """
        if self._clock() < self._due:
            return
        try:
            damaged = self._upkeep.scrub()
        except WriterBusy as busy:
            _log.debug("not checked now: %s", busy)
            return
        for reason in damaged:
            _log.error("taken out of use: %s", reason)
        checked = _checked(self._command, should_stop)
        if checked is None:
            return
        for finding in checked.findings:
            _log.error("found by %s: %s", self.work, finding)
        self._found = checked.findings
        self._due = self._clock() + checked.holds_s


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a check says, and the seconds until the next one."""

    findings: tuple[str, ...]
    holds_s: float


def _checked(command: Sequence[str], should_stop: Callable[[], bool]) -> _Checked | None:
    """What the command says about the articles, or that it said nothing; None where it was stopped."""
    ended = run_aside(command, LOWEST, should_stop)
    if ended is None:
        return None
    if ended.status not in ENDED:
        return _Checked((f"it could not be made: {ended.said}",), RETRY_S)
    findings = map(_FINDING.decode, ended.output.splitlines())
    # What is wrong with the index itself is being mended, or was just now.
    told = tuple(finding.detail for finding in findings if finding.place is not Place.INDEX)
    return _Checked(told, PERIOD_S)
