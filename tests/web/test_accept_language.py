import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.http.accept_language import MAX_RANGES, accepted_language
from web.texts.text import Language

HANS, HANT, EN = Language.HANS, Language.HANT, Language.EN


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("*", None),
        ("fr", None),
        ("fr, de;q=0.5", None),
        ("zh", HANS),
        ("zh-CN", HANS),
        ("zh-SG", HANS),
        ("zh-Hans", HANS),
        ("zh-TW", HANT),
        ("zh-HK", HANT),
        ("zh-MO", HANT),
        ("ZH-hant", HANT),
        ("zh-Hant-TW", HANT),
        ("zh-Hans-HK", HANS),
        ("en", EN),
        ("en-GB", EN),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", EN),
        ("zh-CN,zh;q=0.9,en;q=0.8", HANS),
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", HANT),
        ("en;q=0.2, zh-TW;q=0.8", HANT),
        ("en;q=0.8, zh-TW;q=0.8", EN),
        ("zh;q=0, en;q=0.1", EN),
        ("zh;q=0", None),
        ("en ; q=0.5 , zh-HK ; q=0.6", HANT),
        ("en;q=2, zh", HANS),
        ("en;level=1, zh", HANS),
        ("english-language, zh", HANS),
        ("-, ;q=1, en", EN),
    ],
)
def test_the_language_with_the_highest_weight_is_taken(header: str, language: Language | None) -> None:
    assert accepted_language(header) is language


def test_a_long_header_is_read_up_to_a_bound() -> None:
    others = ["fr"] * MAX_RANGES
    assert accepted_language(",".join([*others[1:], "en"])) is EN
    assert accepted_language(",".join([*others, "en"])) is None


@given(st.text(max_size=200) | st.from_regex(r"([a-z-]{1,5}(;q=[0-9.]{1,5})?,?){1,20}", fullmatch=True))
def test_no_header_is_an_error(header: str) -> None:
    assert accepted_language(header) in {None, *Language}
