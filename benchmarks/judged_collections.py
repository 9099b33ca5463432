"""The collections and development queries that rankings are judged by, and our index of each."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.engines.bench import say
from benchmarks.engines.library import Library
from benchmarks.engines.ours import Ours
from index.article import Article
from index.composing import ComposingPool, Prepared
from index.readers.files import read_paths

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


def build(work: Path, data: Path, collection: str) -> None:
    """Make the articles of a collection and our index of them below `work`, unless they are there."""
    library = Library(work / collection)
    if library.is_whole and (library.folder / "ours").exists():
        return
    say(f"index of {collection}")
    library.folder.mkdir(parents=True, exist_ok=True)
    library.write(_articles([data / path for path in COLLECTIONS[collection]], library.folder))
    Ours().build(library.folder / "ours", library.batches())


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
