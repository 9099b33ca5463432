"""What a text of a query scores: its words, its pairs of characters, and the text in one piece."""

import math
from collections.abc import Iterator, Sequence

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.text.characters import is_punctuation
from search.plan import Characters, Constant, Node, Pairs, Word
from search.ranking import Ranking

_TITLE = (Part.TITLE,)


def score_texts(
    texts: Sequence[str], parts: tuple[Part, ...], analyzer: Analyzer, ranking: Ranking
) -> tuple[Node, ...]:
    """The scores of the words of texts, and of their pairs in these parts."""
    words = dict.fromkeys(word for text in texts for word in analyzer.scored_words(text))
    pairs = (node for text in texts for node in _pairs(_letters(text, analyzer), parts, ranking))
    return (*map(Word, words), *pairs)


def score_changed(
    text: str, parts: tuple[Part, ...], analyzer: Analyzer, ranking: Ranking, weight: float
) -> tuple[Node, ...]:
    """The scores, at this weight, of the pairs of a text that stands for what was typed; none of a single
    character."""
    letters = _letters(text, analyzer)
    return (Pairs(letters, 1, ranking.pair_weight * weight, parts),) if len(letters) > 1 else ()


def score_in_one_piece(anywhere: Node, in_title: Node | None, ranking: Ranking) -> tuple[Node, ...]:
    """What a text adds where it stands as it was typed, and in the title once more; None: not asked for
    there."""
    bonus = Constant(anywhere, ranking.run_bonus)
    return (bonus,) if in_title is None else (bonus, Constant(in_title, ranking.title_run_bonus))


def score_title(text: str, analyzer: Analyzer, ranking: Ranking) -> tuple[Node, ...]:
    """What a title adds that has all or most of a text."""
    letters = _letters(text, analyzer)
    bonus = Constant(Characters(letters, _TITLE), ranking.title_run_bonus)
    return (*_title_pairs(letters, ranking), bonus)


def _letters(text: str, analyzer: Analyzer) -> str:
    return "".join(char for char in analyzer.characters(text) if not is_punctuation(char))


def _pairs(text: str, parts: tuple[Part, ...], ranking: Ranking) -> Iterator[Node]:
    if Pairs(text).pairs:
        yield Pairs(text, 1, ranking.pair_weight, parts)
        if Part.TITLE in parts:
            yield from _title_pairs(text, ranking)


def _title_pairs(text: str, ranking: Ranking) -> Iterator[Node]:
    """A sum over fields alone does not know a title that is asked for by its own words: pairs that are in the
    title count once more, where most or all of them are."""
    count = len(Pairs(text).pairs)
    if count:
        most = math.ceil(ranking.title_most_share * count)
        yield Pairs(text, most, ranking.title_most_weight, _TITLE)
        yield Pairs(text, count, ranking.title_all_weight, _TITLE)
