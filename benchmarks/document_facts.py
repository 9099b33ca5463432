"""How many of the facts of 200 documents, labelled by hand, are found: precision and recall of each.

    python -m benchmarks.document_facts DATA_FOLDER

DATA_FOLDER holds the articles as gzipped JSON lines, in it or in a folder below; the labels are those of
tests/data/document_facts_labels.tsv, which says how they were drawn and decided. Every difference is printed
with the article's id. Precision: of the facts that were found, those that are labelled so; recall: of the
labelled ones, those that were found so.
"""

import gzip
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from index.article import DocumentFacts, Level
from index.describe.facts import FactFinder
from index.describe.times import parse_published
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.repair import Repairer

LABELS = Path(__file__).resolve().parents[1] / "tests" / "data" / "document_facts_labels.tsv"
FIELDS = ("number", "type", "agency", "level", "signed", "effective")
NOTHING = "-"

Labels = Mapping[str, Mapping[str, str]]


def read_labels(path: Path = LABELS) -> Labels:
    """The labelled facts by article id; `-` stands for what a document does not state."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return {article: dict(zip(FIELDS, values, strict=True)) for article, *values in lines}


def articles(folder: Path) -> Iterator[Mapping[str, str | None]]:
    """The articles of all files of a folder."""
    for file in sorted(folder.rglob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def found_facts(finder: FactFinder, repairer: Repairer, article: Mapping[str, str | None]) -> DocumentFacts:
    """The facts of an article, repaired as it is when it comes in."""
    published = article["published"]
    return finder.find(
        title=repairer.repair(article["title"] or "").text,
        lead="",
        body=repairer.repair(article["text"] or "").text,
        source=article["source"],
        published=None if published is None else parse_published(published),
        stated={},
    )


def as_labelled(facts: DocumentFacts) -> Mapping[str, str]:
    """The facts as a label writes them."""
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {
        name: NOTHING if value is None else value.value if isinstance(value, Level) else str(value)
        for name, value in values.items()
    }


def main(folder: Path) -> None:
    labels = read_labels()
    folding = Folding.load()
    finder = FactFinder.load(folding, Regions.load())
    repairer = Repairer.load(folding)
    right, found, wanted = (dict.fromkeys(FIELDS, 0) for _ in range(3))
    seen, seconds = 0, 0.0
    for article in articles(folder):
        article_id = article["id"] or ""
        if article_id not in labels:
            continue
        seen += 1
        started = time.perf_counter()
        facts = as_labelled(found_facts(finder, repairer, article))
        seconds += time.perf_counter() - started
        for name in FIELDS:
            expected, actual = labels[article_id][name], facts[name]
            found[name] += actual != NOTHING
            wanted[name] += expected != NOTHING
            right[name] += actual == expected != NOTHING
            if actual != expected:
                print(f"{article_id}\t{name}\tlabelled {expected}\tfound {actual}")
    print(
        f"{seen} of {len(labels)} labelled documents, {1000 * seconds / max(1, seen):.1f} ms each with repair"
    )
    print(f"{'field':10}{'labelled':>10}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}")
    for name in FIELDS:
        precision, recall = right[name] / max(1, found[name]), right[name] / max(1, wanted[name])
        print(f"{name:10}{wanted[name]:10}{found[name]:8}{right[name]:8}{precision:11.3f}{recall:8.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
