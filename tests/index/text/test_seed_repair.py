"""The page that the repair was first made for."""

from collections import Counter
from pathlib import Path

import pytest

from index.text.folding import Folding
from index.text.repair import Repairer

SEED = Path(__file__).resolve().parents[3] / "../shared/data/seed"


@pytest.mark.shared
def test_seed_page() -> None:
    if not SEED.is_dir():
        pytest.skip("the seed page lies beside the checkout on the team's machines only")
    [path] = SEED.iterdir()
    page = path.read_text(encoding="utf-8")
    repaired = Repairer.load(Folding.load()).repair(page)
    damaged = Counter(page[change.edit.start - 1] for change in repaired.changes)
    assert dict(damaged) == dict(
        zip("創業發區協規數據聯現優醫節衛統", [34, 21, 14, 6, 4, 4, 4, 4, 4, 3, 2, 2, 1, 1, 1], strict=True)
    )
    assert len(repaired.changes) == 105
    assert "悅科(湖北)數據中心項目" in repaired.text
    assert repaired.original() == page
