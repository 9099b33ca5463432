from datetime import datetime, timedelta

import pytest

from index.reposts.similarity import APART, Comparable, similarity
from index.text.folding import Folding
from tests.index.reposts.samples import DAY, SHORT, text_of

FRAME = (
    "来源：地方政务发布　编辑：值班室　更多精彩内容请下载客户端，电话010-00000000，版权所有，未经授权不得转载"
)


@pytest.fixture
def compare(folding: Folding) -> "Compare":
    return Compare(folding)


class Compare:
    """Compares texts that are bodies without a title."""

    def __init__(self, folding: Folding) -> None:
        self.folding = folding

    def __call__(
        self, first: str, second: str, *, days: float = 0, published: datetime | None = DAY
    ) -> float | None:
        """Their similarity, where the second appeared `days` after the first."""
        later = None if published is None else published + timedelta(days=days)
        one = self.text(first, published)
        other = self.text(second, later)
        found = similarity(one, other)
        assert found == similarity(other, one)
        return found

    def text(self, body: str, published: datetime | None) -> Comparable:
        return Comparable.of(title="", lead="", body=body, published=published, folding=self.folding)


TEXT = text_of(1)
BRIEF = text_of(2, SHORT)

COPIES = {
    "the same": (TEXT, TEXT),
    "the same, short": (BRIEF, BRIEF),
    "framed": (TEXT, f"{FRAME}\n{TEXT}\n{FRAME}"),
    "short and framed": (BRIEF, f"{BRIEF}\n{FRAME}"),
    "cut by half": (TEXT, TEXT[: len(TEXT) // 2]),
    "both cut and framed": (TEXT, f"{FRAME}\n{TEXT[: len(TEXT) // 2]}"),
    "other marks": (TEXT, TEXT.replace("，", "\n　")),
    "paragraphs in another order": (TEXT, TEXT[315:] + TEXT[:315]),
}


@pytest.mark.parametrize(("first", "second"), COPIES.values(), ids=COPIES.keys())
def test_copies_are_found(compare: Compare, first: str, second: str) -> None:
    found = compare(first, second)
    assert found is not None
    assert 0.8 <= found <= 1


OTHERS = {
    "another text": (TEXT, text_of(3)),
    "nothing": ("", ""),
    "too short to tell": ("国际联播快讯今日要闻", "国际联播快讯今日要闻"),
    "a paragraph in a report": (TEXT[:150], TEXT),
    "a third of it is other text": (TEXT, TEXT[:420] + text_of(3)[:210]),
}


@pytest.mark.parametrize(("first", "second"), OTHERS.values(), ids=OTHERS.keys())
def test_others_are_not(compare: Compare, first: str, second: str) -> None:
    assert compare(first, second) is None


def changed(text: str, places: int) -> str:
    """The text with another character at so many places far from each other."""
    step = len(text) // places
    return "".join("龥" if at % step == step // 2 else character for at, character in enumerate(text))


def test_a_short_text_has_to_be_more_alike_than_a_long_one(compare: Compare) -> None:
    """One changed character in 40 takes five shingles of 40: 88 % are left."""
    assert compare(TEXT, changed(TEXT, 15)) == pytest.approx(0.87, abs=0.02)
    assert compare(BRIEF, changed(BRIEF, 3)) is None
    assert compare(BRIEF, changed(BRIEF, 1)) == pytest.approx(0.95, abs=0.02)


BARELY = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("first", "second", "apart", "found"),
    [
        (TEXT, changed(TEXT, 15), APART, 1),
        (TEXT, changed(TEXT, 15), APART + BARELY, 0),
        (TEXT, changed(TEXT, 4), APART + BARELY, 1),
        (BRIEF, BRIEF, APART, 1),
        (BRIEF, BRIEF, APART + BARELY, 0),
        (TEXT, TEXT, timedelta(days=4_000), 1),
    ],
    ids=[
        "edited, within a month",
        "edited, later: the same event again",
        "nearly word for word, later",
        "short, within a month",
        "short, later: the same form again",
        "a law published anew",
    ],
)
def test_what_is_published_apart_has_to_be_more_alike(
    compare: Compare, first: str, second: str, apart: timedelta, found: int
) -> None:
    days = apart / timedelta(days=1)
    answers = compare(first, second, days=days), compare(first, second, days=-days)
    assert sum(answer is not None for answer in answers) == 2 * found


def test_an_article_without_a_date_counts_as_near(compare: Compare) -> None:
    undated = compare.text(changed(TEXT, 15), None)
    assert similarity(compare.text(TEXT, DAY), undated) is not None
    assert similarity(undated, undated) == 1


def prices(day: int) -> str:
    """A report in one form, with the numbers of a day."""
    return (
        f"今日收报{day}1.5元，跌幅{day}.2%，{TEXT}，总市值{day}3.9亿元，换手率{day}4.1%，成交额{day}5.7亿元"
    )


def test_reports_of_one_form_with_other_numbers_are_not_copies(compare: Compare) -> None:
    assert compare(prices(3), prices(3)) == 1
    assert compare(prices(3), prices(4)) is None


def test_a_text_with_many_numbers_of_its_own_may_be_a_copy_of_one_that_has_none(compare: Compare) -> None:
    """The numbers of a frame, in one of two texts, say nothing of the text."""
    assert compare(prices(3), TEXT) == 1


def test_title_and_lead_are_compared_too(folding: Folding) -> None:
    """So two notices that say no more than 见附件 are not copies of each other."""

    def notice(title: str) -> Comparable:
        return Comparable.of(
            title=title, lead="", body="各有关单位请见附件及附表的具体要求", published=DAY, folding=folding
        )

    first, second = notice(text_of(4, 30)), notice(text_of(5, 30))
    assert similarity(first, first) == 1
    assert similarity(first, second) is None


def test_a_traditional_copy_is_as_like_as_the_text_itself(compare: Compare) -> None:
    simplified = (
        "武汉与鄂州协同发展，建设科技创新走廊，发挥产业优势，加强规划统筹，促进人才流动，优化营商环境。"
    )
    traditional = (
        "武漢與鄂州協同發展，建設科技創新走廊，發揮產業優勢，加強規劃統籌，促進人才流動，優化營商環境。"
    )
    assert compare(simplified, traditional) == 1
