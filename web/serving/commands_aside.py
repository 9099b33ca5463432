"""Commands of this program that a server runs in processes of their own: what they take of memory goes back
with them, and answers do not wait for their turn of the interpreter."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from web.engine_settings import engine_arguments

LOOK_S: Final = 0.2
"""How often a running command is asked whether it has ended, and whether it is to be stopped."""


def command_of(name: str, folder: DataFolder, engine: EngineSettings = IN_FOLDER) -> tuple[str, ...]:
    """`policy-search NAME` on a folder, which prints JSON."""
    # -P: a folder `web` where the server happens to run is not this program.
    program = (sys.executable, "-P", "-m", "web")
    return (*program, name, "--json", "--data", str(folder.root), *engine_arguments(engine))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, what it printed, and what it said of its errors."""

    status: int
    output: bytes
    errors: bytes

    @property
    def said(self) -> str:
        """The last line about an error, or its status where it said nothing."""
        lines = self.errors.decode("utf-8", "replace").splitlines()
        return lines[-1] if lines else f"it ended with status {self.status}"


def run_aside(command: Sequence[str], niceness: int, should_stop: Callable[[], bool]) -> Ended | None:
    """Run it with this niceness until it ends; None where it was stopped before. Raises OSError."""
    with subprocess.Popen(  # noqa: S603  # nothing in it comes from outside
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
        while True:
            try:
                output, errors = process.communicate(timeout=LOOK_S)
                break
            except subprocess.TimeoutExpired:
                if should_stop():
                    process.kill()
                    return None
    return Ended(process.returncode, output, errors)
