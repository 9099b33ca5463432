"""Simplified or Traditional."""

import pytest

from index.article import Script
from index.describe.scripts import script_of
from index.text.folding import Folding

FOLDING = Folding.load()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param("推進創新發展，優化產業布局", Script.HANT, id="traditional"),
        pytest.param("推进创新发展，优化产业布局", Script.HANS, id="simplified"),
        pytest.param("，。：！ＡＢＣ１２３" * 9 + "发展", Script.HANS, id="width and case do not count"),
        pytest.param("乾隆年间修建的" + "古城墙遗址得到妥善保护" * 3, Script.HANS, id="one odd character"),
        pytest.param("中" * 19 + "國", Script.HANT, id="one in twenty"),
        pytest.param("中" * 20 + "國", Script.HANS, id="one in twenty-one"),
        pytest.param("plain English 2024", Script.HANS, id="no Chinese character"),
        pytest.param("", Script.HANS, id="nothing"),
    ],
)
def test_script(text: str, script: Script) -> None:
    assert script_of(text, FOLDING) is script
