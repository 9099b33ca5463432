"""What a text of a query scores: its words, its pairs of characters, and the text in one piece."""

import math
from collections.abc import Iterator, Sequence

from index.analysis.analyzer import ANGLE_BRACKETS, Analyzer
from index.article import Part
from index.describe.document_types import EXPLANATION, is_explanation
from index.text.characters import is_punctuation
from search.language.fields import DOCUMENT_TYPE
from search.plan import ALL_PARTS, And, Characters, Constant, Keyword, Node, Not, Pairs, Word
from search.planning.question_words import without_question_words
from search.ranking import Ranking

_TITLE = (Part.TITLE,)
_BREAK = " "
"""Between characters that are no pair (`search.plan.Pairs`)."""


def score_texts(
    texts: Sequence[str], parts: tuple[Part, ...], analyzer: Analyzer, ranking: Ranking
) -> tuple[Node, ...]:
    """The scores of the words that texts are cut into, and of their pairs in these parts.

    Words inside words are left to the pairs: they would count twice. What makes a text a question scores
    nothing but in titles.
    """
    asked = [without_question_words(text, analyzer) for text in texts]
    words = dict.fromkeys(word for text in asked for word in analyzer.query_words(text))
    nodes: list[Node] = [Word(word) for word in words]
    for whole, text in zip(texts, asked, strict=True):
        nodes += _pairs(_letters(text, analyzer), ranking.pair_weight, parts)
        if Part.TITLE in parts:
            nodes += _title_pairs(whole, analyzer, ranking)
    return tuple(nodes)


def score_changed(
    text: str, parts: tuple[Part, ...], analyzer: Analyzer, ranking: Ranking, weight: float
) -> tuple[Node, ...]:
    """The scores, at this weight, of the pairs of a text that stands for what was typed; none of a single
    character."""
    return tuple(_pairs(_letters(text, analyzer), ranking.pair_weight * weight, parts))


def score_in_one_piece(anywhere: Node, in_title: Node | None, ranking: Ranking) -> tuple[Node, ...]:
    """What a text adds where it stands as it was typed, and in the title once more; None: not asked for
    there."""
    bonus = Constant(anywhere, ranking.run_bonus)
    return (bonus,) if in_title is None else (bonus, Constant(in_title, ranking.title_run_bonus))


def score_title(text: str, analyzer: Analyzer, ranking: Ranking) -> tuple[Node, ...]:
    """What a title adds that has all or most of a text."""
    letters = _letters(text, analyzer).replace(_BREAK, "")
    bonus = Constant(Characters(letters, _TITLE), ranking.title_run_bonus)
    return (*_title_pairs(text, analyzer, ranking), bonus)


def _pairs(letters: str, weight: float, parts: tuple[Part, ...]) -> Iterator[Node]:
    """The scores of the pairs of characters in these parts: in all that there are at once, else in each by
    itself. An engine that keeps pairs as terms has those of each part, but not of every set of parts.
    """
    together = (parts,) if frozenset(parts) == frozenset(ALL_PARTS) else tuple((part,) for part in parts)
    for one in together:
        pairs = Pairs(letters, 1, weight, one)
        if pairs.pairs:
            yield pairs


def _letters(text: str, analyzer: Analyzer) -> str:
    """The folded characters of a text, parted where marks stand: a title may have others there, or none."""
    parted = (_BREAK if _is_mark(char) else char for char in analyzer.characters(text))
    return _BREAK.join("".join(parted).split())


def _is_mark(char: str) -> bool:
    return is_punctuation(char) or char in ANGLE_BRACKETS


def _title_pairs(text: str, analyzer: Analyzer, ranking: Ranking) -> Iterator[Node]:
    """A sum over fields alone does not know a title that is asked for by its own words: pairs that are in the
    title count once more, where most or all of them are, and again where it is the title of no explanation.
    """
    letters = _letters(text, analyzer)
    count = len(Pairs(letters).pairs)
    if count:
        most = math.ceil(ranking.title_most_share * count)
        yield Pairs(letters, most, ranking.title_most_weight, _TITLE)
        yield Pairs(letters, count, ranking.title_all_weight, _TITLE)
        if not is_explanation(analyzer.characters(text)):
            own = Pairs(letters, count, ranking.title_document_weight, _TITLE)
            yield And((own, Not(Keyword(DOCUMENT_TYPE.keyword, (analyzer.keyword(EXPLANATION),)))))
