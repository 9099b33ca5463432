"""The articles of a run: those that searches count, and those that change, go and come back."""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tests.reliability.made_articles import ACTORS, DEEDS, EVERYWHERE, made_record

SENTENCES: Final = 6
"""Of an article that is counted: some 270 characters."""

QUESTIONS: Final = (EVERYWHERE, *(f"{actor}{deed}" for actor in ACTORS[:3] for deed in DEEDS[:4]))
"""Asked for as phrases. The first is in each counted article, each other one in about every eighth; in those
that change there is none of them."""

CHANGING: Final = 40
"""Articles that are stored again and again."""

EVERY: Final = 500
"""After so many counted articles all that change are stored in another state."""

SEED: Final = 20_261_129

Record = dict[str, str]


def stream(first: int, count: int) -> Iterator[Record]:
    """So many counted articles from this number on, and between them the others in their states."""
    for number in range(first, first + count):
        yield made_record(number, SENTENCES)
        if (number + 1) % EVERY == 0:
            yield from (changing(which, number) for which in range(CHANGING))


def changing(number: int, state: int) -> Record:
    """The article of this number that changes, in one of its states."""
    rng = random.Random(f"{SEED} {number} {state}")
    readings = "；".join(f"{rng.randrange(10**9)}号仪表读数{rng.randrange(10**6)}" for _ in range(8))
    return {"id": changing_id(number), "title": f"仪表{number}公告{state}", "text": f"{readings}。"}


def changing_id(number: int) -> str:
    return f"changing-{number:04}"


def has(record: Record, question: str) -> bool:
    """Whether an article has a phrase; none of them could reach over the border of two parts."""
    return question in record["title"] or question in record["text"]


def write(records: Iterable[Record], file: Path) -> None:
    """As JSON lines, which `policy-search ingest` reads."""
    with file.open("w", encoding="utf-8") as lines:
        for record in records:
            lines.write(f"{json.dumps(record, ensure_ascii=False)}\n")
