"""Reloads of the dictionary, each killed at a random moment: `-m … FOLDER KILLS LONGEST-SECONDS HOW`.

Below FOLDER there are then the folders that the kills left, `000` and so on. One process loads what takes
seconds, and a fork of it reloads.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Final

from index.data_folder import DataFolder
from tests.reliability.crash_operations import WORDS, Program, Words, prepare

OLD: Final = Words(WORDS[:1])
NEW: Final = Words(tuple(f"{word}{number}" for number in "一二三四五六七八九" for word in WORDS))
"""Many, so that there is a half of them."""

Reload = Callable[[Program, DataFolder], None]


def safely(program: Program, folder: DataFolder) -> None:
    """As a server does it."""
    program.do(NEW, folder, lambda _: None)


def in_place(program: Program, folder: DataFolder) -> None:
    """The words are written over the old ones, line by line."""
    with folder.words.open("w", encoding="utf-8") as file:
        for word in NEW.words:
            file.write(f"{word}\n")
            file.flush()
            time.sleep(0.05)
    program.do(NEW, folder, lambda _: None)


HOW: Final[Mapping[str, Reload]] = {"safely": safely, "in-place": in_place}


def main(top: Path, kills: int, longest_s: float, reload: Reload) -> None:
    program = Program.load()
    prepare(top, ("dictionary reload",), program)
    source = top / "dictionary reload"
    program.do(OLD, DataFolder(source), lambda _: None)
    random = Random(kills)
    begins, told = os.pipe()
    for kill in range(kills):
        folder = top / f"{kill:03}"
        shutil.copytree(source, folder)
        process = os.fork()
        if not process:
            try:
                os.write(told, b".")
                reload(program, DataFolder(folder))
            finally:
                os._exit(0)
        os.read(begins, 1)
        time.sleep(random.uniform(0, longest_s))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    shutil.rmtree(source)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), HOW[sys.argv[4]])
