from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.rewriting import Likeliest, Rewriting
from search.suggestions.suggestion import Reason

OFFERED = st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.integers(0, 4)), max_size=20)


def rewriting(text: str, gain: float) -> Rewriting:
    return Rewriting(text, 0, 1, Reason.ONE_CHARACTER, gain)


@given(OFFERED, st.integers(1, 4))
def test_the_likeliest_are_kept_each_text_once(offered: list[tuple[str, int]], limit: int) -> None:
    likeliest = Likeliest("甲", limit)
    for text, gain in offered:
        likeliest.offer(rewriting(text, gain))
    best = {
        text: max(gain for other, gain in offered if other == text) for text, _ in offered if text != "甲"
    }
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    assert [(kept.text, kept.gain) for kept in likeliest.ranked()] == ranked


@given(OFFERED, st.integers(1, 4))
def test_what_gains_less_than_the_least_would_not_be_kept(offered: list[tuple[str, int]], limit: int) -> None:
    likeliest, pruned = Likeliest("甲", limit), Likeliest("甲", limit)
    for text, gain in offered:
        likeliest.offer(rewriting(text, gain))
        if gain >= pruned.least:
            pruned.offer(rewriting(text, gain))
    assert pruned.ranked() == likeliest.ranked()
