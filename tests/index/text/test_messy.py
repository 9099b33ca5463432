"""The real damaged excerpts that the team collected come out as expected."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from index.text.folding import Folding
from index.text.repair import Repairer

MESSY = Path(__file__).resolve().parents[3] / "../shared/data/messy"
EXCERPTS = sorted(MESSY.glob("*.txt"))


@cache
def repairer() -> Repairer:
    return Repairer.load(Folding.load())


def compared(text: str) -> str:
    """White space is left out, and the width of marks does not count; that of letters and digits does."""
    return "".join(
        char if char.isalnum() else unicodedata.normalize("NFKC", char) for char in re.sub(r"\s", "", text)
    )


@pytest.mark.shared
@pytest.mark.skipif(not EXCERPTS, reason="the excerpts lie beside the checkout on the team's machines only")
@pytest.mark.parametrize("path", EXCERPTS, ids=lambda path: path.stem)
def test_excerpt(path: Path) -> None:
    damaged = path.read_text(encoding="utf-8")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["expected_after_repair"]
    outcome = repairer().repair(damaged)
    assert compared(outcome.text) == compared(expected)
    assert outcome.original() == damaged
    assert repairer().repair(outcome.text).text is outcome.text
