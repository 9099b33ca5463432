"""What share of damage that is planted into real articles the repair takes back, and how exactly.

    python -m benchmarks.repair_planted DATA_FOLDER [--articles N] [--seed N]

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`, with `title` and `text`). Each article is repaired
first, so that only what is planted is found. The seed decides which articles are drawn, and where they are
damaged. For each kind of damage: how many were planted; how many are restored exactly, in part (what is left
is as it was planted), not at all, wrongly; how many changes its rule made, and what share of them is exact,
changes of sound text counting as wrong. Ends with 1 where fewer changes are exact, or fewer plants restored,
than the goals say.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import damage
from benchmarks.copies import traditional_forms
from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.repair import Repairer
from index.text.rules.readings import Readings

USUAL_SEED: Final = 20_241_014
LONGEST: Final = 6_000
"""Code points of an article that are used."""

EXACT_CHANGES: Final = 0.99
EXACT_SLIPS: Final = 0.90
RESTORED_SLIPS: Final = 0.54
RESTORED_MAPPINGS: Final = 0.99


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of damage: how it is planted, in which script, and what has to be reached."""

    name: str
    rule: str
    plant: damage.Plant
    is_traditional: bool = False
    restored: float = 0.0
    exact: float = EXACT_CHANGES


@dataclass(slots=True)
class Tally:
    """What became of the plants of one kind, and of the changes that were made for them."""

    planted: int = 0
    restored: int = 0
    partly: int = 0
    left: int = 0
    wrong: int = 0
    changes: int = 0
    exact: int = 0

    def reaches(self, kind: Kind) -> bool:
        """Whether both shares are as high as the kind demands; a kind that nothing was planted of does."""
        return self.restored >= kind.restored * self.planted and self.exact >= kind.exact * self.changes


def kinds(folding: Folding) -> tuple[Kind, ...]:
    """All kinds of damage, in the order in which they are printed."""
    readings = Readings.load()

    def is_simplified(char: str) -> bool:
        return folding.fold(char) == char

    return (
        Kind("entities", "entities", damage.entities),
        Kind("lost-stop", "lost-stop", damage.lost_stops),
        Kind("invisible", "invisible", damage.invisible),
        Kind("private-use", "private-use", damage.private_decimal_points),
        Kind(
            "radicals", "radicals", damage.replaced(damage.twins(0x2F00, 0x2FD5)), restored=RESTORED_MAPPINGS
        ),
        Kind(
            "compatibility",
            "compatibility",
            damage.replaced(damage.twins(0xF900, 0xFAFF)),
            restored=RESTORED_MAPPINGS,
        ),
        Kind("full-width", "full-width", damage.full_width, restored=RESTORED_MAPPINGS),
        Kind("replacement", "replacement", damage.replacement_characters),
        Kind("doubled", "doubled", damage.doubled_lines),
        Kind(
            "pinyin with tones",
            "pinyin",
            damage.pinyin("({toned})", is_simplified, readings),
            is_traditional=True,
            restored=RESTORED_MAPPINGS,
        ),
        Kind(
            "pinyin without tones",
            "pinyin",
            damage.pinyin("({bare}) ", is_simplified, readings),
            is_traditional=True,
            restored=RESTORED_MAPPINGS,
        ),
        Kind(
            "gbk-slip",
            "gbk-slip",
            damage.slips,
            is_traditional=True,
            restored=RESTORED_SLIPS,
            exact=EXACT_SLIPS,
        ),
        *(
            Kind(f"{name}, whole", "mojibake", damage.misread_whole(how))
            for name, how in damage.MISREADINGS.items()
        ),
        *(
            Kind(f"{name}, part", "mojibake", damage.misread_stretches(how))
            for name, how in damage.MISREADINGS.items()
        ),
        Kind("line-break", "line-break", damage.wrapped),
    )


def main() -> int:
    """Print a line for each kind of damage; 1 where one does not reach its goals."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with *.jsonl.gz")
    arguments.add_argument("--articles", type=int, default=1_000, help="how many, drawn at random")
    arguments.add_argument("--seed", type=int, default=USUAL_SEED, help="another draw")
    given = arguments.parse_args()
    folding = Folding.load()
    repairer = Repairer.load(folding)
    drawn = sample(given.data, given.articles, given.seed)
    print(f"{'':28}{'planted':>8}{'exact':>8}{'partly':>8}{'left':>8}{'wrong':>8}{'changes':>9}{'exact':>8}")
    missed = 0
    for kind in kinds(folding):
        found = measure(kind, drawn, repairer, given.seed)
        print(line(kind, found), flush=True)
        missed += not found.reaches(kind)
    return int(missed > 0)


def line(kind: Kind, found: Tally) -> str:
    shares = (found.restored, found.partly, found.left, found.wrong)
    columns = "".join(f"{share / max(found.planted, 1):8.1%}" for share in shares)
    exact = found.exact / max(found.changes, 1)
    return f"{kind.name:28}{found.planted:8}{columns}{found.changes:9}{exact:8.1%}"


def sample(folder: Path, count: int, seed: int) -> list[str]:
    """Pages of articles (title and text) drawn at random, the same for the same seed."""
    pages = [page for path in sorted(folder.glob("*.jsonl.gz")) for page in _pages(path)]
    return random.Random(seed).sample(pages, min(count, len(pages)))


def _pages(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            article = json.loads(row)
            yield f"{article['title']}\n{article['text']}"[:LONGEST]


def measure(kind: Kind, pages: Sequence[str], repairer: Repairer, seed: int) -> Tally:
    """Plants one kind of damage into each page and counts what the repair makes of it."""
    forms: Mapping[int, str] = traditional_forms() if kind.is_traditional else {}
    tally = Tally()
    for number, page in enumerate(pages):
        sound = repairer.repair(page.translate(forms)).text
        damaged = RepairedText.of(sound, kind.plant(sound, random.Random(f"{seed} {number}")))
        if damaged.changes:
            count(tally, kind.rule, damaged, repairer.repair(damaged.text))
    return tally


def count(tally: Tally, rule: str, damaged: RepairedText, repaired: RepairedText) -> None:
    """Counts the plants of one page, the changes that the rule made of them, and all of what was sound.

    `damaged` knows where in its text each plant stands, and what was there; `repaired` was made from that.
    """
    plants = [Piece(plant.start, plant.end, plant.edit.before) for plant in damaged.changes]
    changes = [Piece(change.edit.start, change.edit.end, change.edit.after) for change in repaired.changes]
    for plant in plants:
        touching = plant.overlapping(changes)
        start = min([plant.start, *(change.start for change in touching)])
        end = max([plant.end, *(change.end for change in touching)])
        tally.planted += 1
        if not touching:
            tally.left += 1
        elif with_pieces(damaged.text, start, end, touching) == with_pieces(damaged.text, start, end, plants):
            tally.restored += 1
        elif all(change.is_part_of(plant) for change in touching):
            tally.partly += 1
        else:
            tally.wrong += 1
    for change, made in zip(changes, repaired.changes, strict=True):
        found = change.overlapping(plants)
        if rule in made.edit.rule.split("+") or not found:
            tally.changes += 1
            tally.exact += is_exact(change, found, damaged.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, half open in code points, and what is to stand there instead."""

    start: int
    end: int
    text: str

    def overlapping(self, others: Sequence["Piece"]) -> list["Piece"]:
        return [other for other in others if other.start < self.end and self.start < other.end]

    def is_part_of(self, plant: "Piece") -> bool:
        """Whether the stretch lies in the plant and its text in what the plant was.

        To drop what stands for some text is no part of it: 2.5 with a lost stop must not become 25.
        """
        is_text_of_it = self.text in plant.text if self.text else not plant.text
        return plant.start <= self.start and self.end <= plant.end and is_text_of_it


def is_exact(change: Piece, plants: Sequence[Piece], damaged: str) -> bool:
    """Whether a change takes back plants, and nothing else."""
    if len(plants) == 1 and change.is_part_of(plants[0]):
        whole = (change.start, change.end) == (plants[0].start, plants[0].end)
        return not whole or change.text == plants[0].text
    return bool(plants) and change.text == with_pieces(damaged, change.start, change.end, plants)


def with_pieces(text: str, start: int, end: int, pieces: Sequence[Piece]) -> str:
    """This stretch of the text with the pieces that lie in it."""
    parts: list[str] = []
    for piece in pieces:
        if start <= piece.start and piece.end <= end:
            parts += (text[start : piece.start], piece.text)
            start = piece.end
    return "".join([*parts, text[start:end]])


if __name__ == "__main__":
    sys.exit(main())
