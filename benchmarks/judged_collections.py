"""The collections and development queries that rankings are judged by, and our index of each."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Final

from benchmarks.engines.bench import say
from benchmarks.engines.library import Library, benchmark_analyzer
from benchmarks.engines.ours import ANALYZER, Ours
from index.article import Article
from index.composing import ComposingPool, Prepared
from index.documents import IndexDocument
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.readers.files import read_paths
from index.whoosh.store import WhooshStore

COLLECTIONS: Mapping[str, tuple[str, ...]] = {
    "stard": ("relevance/stard/articles.jsonl.gz",),
    "rgb_zh": ("relevance/rgb_zh/articles.jsonl.gz",),
    "crud_news": ("relevance/crud_news/articles.jsonl.gz", "bulk/crud_news.jsonl.gz"),
    "policy": ("bulk/policy_cn.jsonl.gz", "bulk/hebei_gov.jsonl.gz"),
}
SETS: Mapping[str, tuple[str, str]] = {
    "stard": ("stard", "relevance/stard"),
    "rgb_zh": ("rgb_zh", "relevance/rgb_zh"),
    "crud_news": ("crud_news", "relevance/crud_news"),
    "known_item": ("policy", "known_item"),
    "citations": ("policy", "citations"),
}
"""Collection and folder of queries."""

ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")

OURS: Final = "ours"
"""The folder of our index of a collection, in that of the collection."""

MADE_BY: Final = "made-by"
"""The file that says what made the articles and documents of a collection."""


def build(work: Path, data: Path, collection: str) -> None:
    """Make the articles of a collection and our index of them below `work`, unless they are there as this
    version of the program makes them.

    What repairs a text has no version: after a change of that, delete the folder of the collection.
    """
    library = Library(work / collection)
    made_by, stamp = _made_by(), library.folder / MADE_BY
    if not (library.is_whole and stamp.exists() and stamp.read_text(encoding="utf-8") == made_by):
        say(f"articles of {collection}")
        shutil.rmtree(library.folder, ignore_errors=True)
        library.folder.mkdir(parents=True)
        library.write(_articles([data / path for path in COLLECTIONS[collection]], library.folder))
        stamp.write_text(made_by, encoding="utf-8")
    ours = library.folder / OURS
    if not _is_live(ours):
        say(f"index of {collection}")
        shutil.rmtree(ours, ignore_errors=True)
        Ours().build(ours, library.batches())


def _made_by() -> str:
    """The rules of the analyzer, and what articles and documents consist of."""
    parts = (f"{one.__name__}.{field.name}" for one in (Article, IndexDocument) for field in fields(one))
    return "\n".join((benchmark_analyzer().version, *parts))


def _is_live(folder: Path) -> bool:
    """Whether there is an index that was built to its end, in the present format."""
    try:
        WhooshStore(folder, ANALYZER).live().close()
    except (GenerationMissing, GenerationStale, GenerationDamaged):
        return False
    return True


def _articles(paths: Sequence[Path], folder: Path) -> Iterator[Article]:
    """What can be composed of the rows of files, under ids that the product takes."""
    renamed = [_with_our_ids(path, folder / f"{number}-{path.name}") for number, path in enumerate(paths)]
    with closing(ComposingPool.on_all_processors().map(read_paths(renamed))) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Prepared):
                yield outcome.composed.article


def _with_our_ids(path: Path, copy: Path) -> Path:
    """The same rows; ids with other characters become their places: no judgement is about such articles."""
    with gzip.open(path, "rt", encoding="utf-8") as rows, gzip.open(copy, "wt", encoding="utf-8") as kept:
        for number, row in enumerate(rows):
            values = json.loads(row)
            if not ID.fullmatch(values["id"]):
                values["id"] = f"row-{number}"
            kept.write(json.dumps(values, ensure_ascii=False) + "\n")
    return copy
