from random import Random

from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.character_triples import CharacterTriples

TEXTS = st.lists(st.text(max_size=6), max_size=6)


@given(TEXTS)
def test_no_triple_that_was_seen_is_missed(texts: list[str]) -> None:
    triples = CharacterTriples.of(texts)
    assert [triples.unseen(text) for text in texts] == [0] * len(texts)


def test_hardly_any_triple_is_taken_for_seen() -> None:
    random = Random(4)

    def text() -> str:
        return "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(1_002))

    triples = CharacterTriples.of([text() for _ in range(100)])
    # 100,000 of 16.8 million places are taken.
    assert triples.unseen(text()) > 970


def test_a_text_of_two_characters_has_no_triples() -> None:
    assert CharacterTriples.of(()).unseen("甲乙") == 0
    assert CharacterTriples.of(()).unseen("甲乙丙丁") == 2
