import pytest

from search.suggestions.typed import typed_texts


@pytest.mark.parametrize(
    ("q", "texts"),
    [
        ("五汉", [("五汉", 0)]),
        ("五汉 创心", [("五汉", 0), ("创心", 3)]),
        ('"五汉"', [("五汉", 1)]),
        ("（五汉 OR 创心）", [("五汉", 1), ("创心", 7)]),
        ("五汉 -公司 NOT 企业 招商", [("五汉", 0), ("招商", 14)]),
        ("标题：五汉", [("五汉", 3)]),
        ("关于印发《方案》的通知。", [("关于印发《方案》的通知", 0)]),
        ("……", []),
        ("", []),
    ],
)
def test_what_may_be_misspelt(q: str, texts: list[tuple[str, int]]) -> None:
    found = typed_texts(q)
    assert [(text.text, text.start) for text in found] == texts
    assert all(q[text.start : text.end] == text.text for text in found)
