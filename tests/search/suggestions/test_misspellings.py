from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.text.folding import Folding
from search.suggestions.misspellings import SUSPECTED, Misspellings
from search.suggestions.suggestion import Reason, SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Term, Vocabulary

EVERY = 10_000


Know = Callable[[list[str]], Misspellings]
"""Makes what undoes slips, of a vocabulary of these texts."""


@pytest.fixture(scope="module")
def know(folding: Folding, syllables: Syllables, analyzer: Analyzer) -> Know:
    def known(texts: list[str]) -> Misspellings:
        kinds = (SuggestionKind.TITLE, SuggestionKind.WORD)
        terms = [Term(kind, text, text, 1) for kind in kinds for text in texts]
        return Misspellings(Vocabulary.of("1.1", terms, folding, syllables), analyzer)

    return known


RUNS = st.text(alphabet="武汉协同创新政策人才", min_size=2, max_size=SUSPECTED - 1)


@given(st.lists(RUNS, max_size=5), RUNS, st.data())
def test_every_single_slip_in_a_known_text_is_undone(
    know: Know,
    others: list[str],
    meant: str,
    data: st.DataObject,
) -> None:
    at = data.draw(st.integers(0, len(meant) - 1))
    wrong = data.draw(st.sampled_from("武汉协鿍"))
    slips = {
        meant[:at] + wrong + meant[at + 1 :],
        meant[:at] + wrong + meant[at:],
        meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
    } - {meant}
    if 0 < at < len(meant) - 1:
        slips.add(meant[:at] + meant[at + 1 :])
    known = know([meant, *others])
    for typed in slips:
        assert typed == meant or meant in {found.text for found in known.of(typed, EVERY)}, typed


def test_a_character_that_is_missing_at_an_end_leaves_an_unfinished_text(know: Know) -> None:
    known = know(["武汉政策"])
    assert [found.text for found in known.unfinished("武汉政", EVERY)] == ["武汉政策"]
    assert [found.text for found in known.unfinished("汉政策", EVERY)] == ["武汉政策"]


@given(st.lists(RUNS, max_size=5), RUNS, st.integers(1, 6))
def test_few_are_the_likeliest(know: Know, texts: list[str], typed: str, limit: int) -> None:
    known = know(texts)
    assert known.of(typed, limit) == known.of(typed, EVERY)[:limit]
    assert known.unfinished(typed, limit) == known.unfinished(typed, EVERY)[:limit]


@given(RUNS, st.lists(RUNS, max_size=5))
def test_a_rewriting_says_what_of_it_is_new(know: Know, typed: str, texts: list[str]) -> None:
    found = know(texts).of(typed, EVERY)
    assert len({one.text for one in found}) == len(found)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    for one in found:
        kept_behind = len(one.text) - one.start - one.length
        assert one.text[: one.start] == typed[: one.start]
        assert typed.endswith(one.text[len(one.text) - kept_behind :])
        assert one.text != typed


@pytest.mark.parametrize(
    ("typed", "meant", "reason"),
    [
        ("五汉", "武汉", Reason.SAME_SOUND),
        ("武汗政策", "武汉政策", Reason.SAME_SOUND),
        ("武人政策", "武汉政策", Reason.ONE_CHARACTER),
        ("政武汉策", "武汉政策", None),
        ("汉武政策", "武汉政策", Reason.ONE_CHARACTER),
        ("协调创薪政策", "协调创新政策", Reason.SAME_SOUND),
    ],
)
def test_the_likeliest_comes_first(
    know: Know,
    *,
    typed: str,
    meant: str,
    reason: Reason | None,
) -> None:
    known = know(["武汉", "武汉政策", "协调创新政策", "武警", "人才"])
    found = known.of(typed, 3)
    if reason is None:
        assert meant not in [one.text for one in known.of(typed, EVERY)]
    else:
        assert (found[0].text, found[0].reason) == (meant, reason)


def test_several_characters_at_once_may_only_sound_the_same(know: Know) -> None:
    known = know(["攻势", "公式"])
    assert [one.text for one in known.of("公事", 5) if one.reason is Reason.SAME_SOUND] == ["公式", "攻势"]
