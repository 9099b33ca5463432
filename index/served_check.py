"""Compares words, rules and files that machines without a data folder read with those in the data folder."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.served_place import ServedPlace, StateDamaged, WordsMissing

SETTLE_S: Final = 15.0
"""How long what differs has for becoming the same: whoever brings it looks at the files every second, and at
what is there every ten."""

_BRINGING: Final = "`policy-search serve` or `policy-search index --follow` on the data folder brings them"

Pause = Callable[[], None]
"""Returns when what is on its way has come."""


def settle() -> None:
    """The pause of a check of a folder that others may work on."""
    time.sleep(SETTLE_S)


def state_differences(
    place: ServedPlace,
    folder: DataFolder,
    analyzer: Analyzer,
    files: Mapping[str, Path],
    pause: Pause = settle,
) -> Iterator[str]:
    """What differs between a data folder and what machines without one read of words, synonyms, pinned
    results and `files`, by the names that these have there; nothing where the two agree.

    What differs is looked at twice, with a pause in between, since it may just be on its way. Raises
    StorageFailed where the place does not answer, and OSError where a file cannot be read.
    """
    found = tuple(_differing(place, folder, analyzer, files))
    if found:
        pause()
        yield from _differing(place, folder, analyzer, files)


def _differing(
    place: ServedPlace, folder: DataFolder, analyzer: Analyzer, files: Mapping[str, Path]
) -> Iterator[str]:
    yield from _in_words(place, analyzer)
    yield from _in_rules(place, folder)
    for name, path in files.items():
        yield from _in_file(place, name, path)


def _in_words(place: ServedPlace, analyzer: Analyzer) -> Iterator[str]:
    try:
        words = place.state().words(analyzer.version)
    except (WordsMissing, StateDamaged) as error:
        yield str(error)
        return
    if words != analyzer.added:
        yield f"machines without a data folder read other added words than those of the index; {_BRINGING}"


def _in_rules(place: ServedPlace, folder: DataFolder) -> Iterator[str]:
    try:
        rules = place.state().rules()
    except StateDamaged as error:
        yield str(error)
        return
    for path, served in ((folder.synonyms, rules.synonyms), (folder.pinned, rules.pinned)):
        if _content(path) != served:
            yield (
                f"machines without a data folder read other rules than {path.name} says; {_BRINGING}, once "
                "no line of them has a fault"
            )


def _in_file(place: ServedPlace, name: str, path: Path) -> Iterator[str]:
    wanted = _content(path)
    if wanted is None:
        # A cache, which is made again: until then what was brought before is served on.
        return
    try:
        served = place.files().get(name)
    except StateDamaged as error:
        yield str(error)
        return
    if served is None or served.data != wanted:
        yield f"machines without a data folder read another {name} than {path.name}; {_BRINGING}"


def _content(path: Path) -> bytes | None:
    """None where there is no such file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
