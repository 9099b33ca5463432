"""What becomes of a data folder on a disk that fills up: `python -m tests.reliability.full_disk`.

Takes FOLDER, a disk of a few megabytes (`small_disk.on_small_disk`), and HARM, which names a variant of the
program that is broken on purpose; empty: the program as it is. Prints a Report as JSON.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import msgspec
import pytest

from index import generation
from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.article import Article
from index.check import check_folder
from index.corpus.errors import CorpusUnavailable
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.errors import StorageFailed
from index.factory import open_store
from index.text.folding import Folding
from index.upkeep import Upkeep
from index.whoosh import writer as index_writer
from index.writer_lock import WriterLock
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.index.corpus.samples import ARTICLE, ORIGINAL
from tests.index_states import ids

BALLAST: Final = 5_000_000
"""Bytes that are given back when there has to be room again."""
CHARACTERS: Final = 20_000
"""Of a text: about 60 kB, none of which compresses well."""
MOST: Final = 400
"""Articles that are far more than the disk holds."""

ACKNOWLEDGES_FAILURES: Final = "acknowledges failures"
SWEEPS_NOTHING: Final = "sweeps nothing"


class Report(msgspec.Struct, kw_only=True):
    """What happened; ids are of articles.

    `refused` and `unindexed` are what was said when there was no room to store and to index. `read` and
    `found` were there while the disk was full, `read_after` and `found_after` when there was room again and a
    new process had indexed. `orphans` are files that nothing names then, `findings` what a check says.
    """

    acknowledged: list[str]
    refused: list[str]
    unindexed: list[str]
    read: list[str]
    found: list[str]
    acknowledged_after: list[str]
    read_after: list[str]
    found_after: list[str]
    orphans: list[str]
    findings: list[str]


def long_article(name: str) -> Article:
    random = Random(name)
    body = "".join(chr(random.randrange(0x4E00, 0x9F00)) for _ in range(CHARACTERS))
    return replace(ARTICLE, id=name, title="通知", body=body, repairs=())


def put(folder: DataFolder, name: str) -> None:
    """Store an article, as a process that has just started does."""
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        writer.put(long_article(name), ORIGINAL)
        writer.commit()


def run(root: Path, analyzer: Analyzer, harm: str) -> Report:
    folder = DataFolder(root / "data")
    folder.create()
    ballast = root / "ballast"
    ballast.write_bytes(bytes(BALLAST))
    acknowledged: list[str] = []
    refused: list[str] = []
    unindexed: list[str] = []
    for number in range(MOST):
        name = f"a{number:03}"
        try:
            put(folder, name)
        except CorpusUnavailable as error:
            refused.append(str(error))
            if harm == ACKNOWLEDGES_FAILURES:
                acknowledged.append(name)
            if len(refused) > 1:
                break
        else:
            acknowledged.append(name)
        try:
            Upkeep.of(folder, analyzer).catch_up(lambda _: None)
        except StorageFailed as error:
            unindexed.append(str(error))
    read, found = stored(folder), indexed(folder, analyzer)
    ballast.unlink()
    put(folder, "after")
    Upkeep.of(folder, analyzer).catch_up(lambda _: None)
    return Report(
        acknowledged=acknowledged,
        refused=refused,
        unindexed=unindexed,
        read=read,
        found=found,
        acknowledged_after=[*acknowledged, "after"],
        read_after=stored(folder),
        found_after=indexed(folder, analyzer),
        orphans=sorted(orphans(folder)),
        findings=[finding.detail for finding in check_folder(folder, open_store(folder, analyzer))],
    )


def stored(folder: DataFolder) -> list[str]:
    """The articles that are whole."""
    with CorpusReader.open(folder) as reader:
        names = sorted(reader.holdings().ids)
        return [name for name, found in reader.articles(names).items() if found == long_article(name)]


def indexed(folder: DataFolder, analyzer: Analyzer) -> list[str]:
    with closing(WhooshEngine(folder.index, analyzer.version, Ranking())) as engine:
        return sorted(ids(engine.snapshot(), analyzer))


def orphans(folder: DataFolder) -> Iterator[str]:
    """Files in the folder of the index that nothing names."""
    live = generation.current(folder.index)
    named = {file.name for file in live.manifest().files} | {"manifest.json"}
    for path in folder.index.iterdir():
        if path.name.startswith(("new-", ".")):
            yield path.name
    yield from (path.name for path in live.folder.iterdir() if path.name not in named)


@contextmanager
def harmed(harm: str) -> Iterator[None]:
    """A program that never sweeps, if that is the harm."""
    with pytest.MonkeyPatch.context() as patch:
        if harm == SWEEPS_NOTHING:
            patch.setattr(index_writer, "sweep", lambda *_: None)
            patch.setattr(generation, "remove_unfinished", lambda _: None)
        yield


def main() -> None:
    root, harm = Path(sys.argv[1]), sys.argv[2]
    analyzer = load_analyzer(Folding.load(), UserWords())
    with harmed(harm):
        report = run(root, analyzer, harm)
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main()
