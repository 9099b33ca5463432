"""What the score of a hit is made of, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Part
from search.plan import ALL_PARTS
from search.score_parts import ScoreKind, ScorePart
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the table: what counts, and what it is worth, to two digits."""

    label: str
    score: str


def score_rows(parts: Sequence[ScorePart], texts: Texts) -> tuple[ScoreRow, ...]:
    """The rows, those that are worth most first. What counts twice is one row, and so are all pairs of
    characters that count in the same place."""
    sums: dict[str, float] = {}
    for part in parts:
        label = _label(part.kind, part.text, part.parts, texts)
        sums[label] = sums.get(label, 0.0) + part.score
    ordered = sorted(sums.items(), key=lambda row: -row[1])
    return tuple(ScoreRow(label, f"{score:.2f}") for label, score in ordered)


def _label(kind: ScoreKind, text: str, parts: tuple[Part, ...], texts: Texts) -> str:
    label = texts.say(f"score.{kind.value}", text=text)
    if parts == ALL_PARTS:
        return label
    fields = tuple(texts.say(f"field.{part.value}") for part in parts)
    return texts.say("score.in", label=label, fields=fields)
