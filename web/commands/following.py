"""`follow`: the files of a folder are taken in as they come."""

import logging
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NoReturn

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.errors import WriterBusy
from index.ingest import Event
from index.readers.mapping import FieldMap
from index.readers.watching import FolderWatch
from web.commands.ingest import Inputs, ingest

INTERVAL_S = 1.0
"""How often the folder is looked at; a file is read when it was the same at two looks."""

_log = logging.getLogger(__name__)


def follow(
    folder: DataFolder,
    analyzer: Analyzer,
    watched: Path,
    fields: FieldMap,
    on_event: Callable[[Event], None],
    *,
    engine: EngineSettings = IN_FOLDER,
) -> NoReturn:
    """Take in what lies in the folder and what comes, until SIGINT or SIGTERM.

    A file that changes is taken in anew; one that goes away takes nothing with it. While another process is
    storing, files wait. Raises OSError where the folder cannot be read.
    """
    # What no event has acknowledged may be lost, so it can be left at any time.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _exit)
    watch = FolderWatch(watched)
    inputs = Inputs((), fields, BytesIO(), within=watched)
    while True:
        if files := watch.look():
            try:
                ingest(folder, analyzer, replace(inputs, paths=files), on_event, engine=engine)
            except WriterBusy as busy:
                _log.warning("%d files wait: %s", len(files), busy)
            else:
                for path in files:
                    watch.is_read(path)
        time.sleep(INTERVAL_S)


def _exit(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)
