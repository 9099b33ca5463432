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
    pinyin, slips = (
        [change.edit for change in repaired.changes if change.edit.rule == rule]
        for rule in ("pinyin", "gbk-slip")
    )
    damaged = Counter(page[edit.start - 1] for edit in pinyin)
    assert dict(damaged) == dict(
        zip("創業發區協規數據聯現優醫節衛統", [34, 21, 14, 6, 4, 4, 4, 4, 4, 3, 2, 2, 1, 1, 1], strict=True)
    )
    assert (len(pinyin), len(slips), len(repaired.changes)) == (105, 2, 107)
    assert "全面開工建設。總投資超過100億元" in repaired.text
    assert "規模化生產制造" in repaired.text
    assert "悅科(湖北)數據中心項目" in repaired.text
    assert repaired.original() == page
