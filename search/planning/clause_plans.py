"""From one part of a query to the plan that finds it and scores it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.language.document_numbers import spellings
from search.language.fields import BY_NAME, DOCUMENT_NUMBER, DateField, ValueField
from search.language.query import (
    EVERYWHERE,
    DateRange,
    DocumentNumber,
    Leaf,
    Near,
    Phrase,
    Prefix,
    Run,
    TextLeaf,
    Value,
)
from search.plan import And, AtLeast, Characters, Constant, Keyword, Maybe, Node, Not, Or, Word
from search.plan import DateRange as PlannedDates
from search.plan import Near as PlannedNear
from search.plan import Prefix as PlannedPrefix
from search.planning.demand import Demand, words_needed
from search.planning.text_scores import score_changed, score_in_one_piece, score_texts
from search.ranking import Ranking

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def plan_leaf(leaf: Leaf, analyzer: Analyzer, ranking: Ranking, demand: Demand = Demand.ALL) -> Node:
    """The plan of a leaf; one about exact values or dates scores nothing."""
    match leaf:
        case Value(name, values=values):
            return Keyword(_keyword(name), tuple(map(analyzer.keyword, values)))
        case DateRange(name, low=low, high=high):
            return PlannedDates(_date(name), seconds(low), seconds(high))
        case DocumentNumber():
            return _plan_number(leaf, analyzer, ranking)
        case _:
            return Maybe(
                Constant(_matching(leaf, analyzer, demand), 0.0), score_leaf(leaf, analyzer, ranking)
            )


def seconds(moment: datetime | None) -> int | None:
    """Seconds since 1970, rounded up: stored times are whole seconds, so no bound changes its meaning."""
    return None if moment is None else -((_EPOCH - moment) // timedelta(seconds=1))


def in_one_piece(leaf: TextLeaf, parts: tuple[Part, ...], analyzer: Analyzer) -> Node:
    """Where the leaf stands in one of the parts as it was typed."""
    match leaf:
        case Near(first, second, gap):
            return PlannedNear(analyzer.characters(first), analyzer.characters(second), gap, parts)
        case DocumentNumber(text, number):
            ways = dict.fromkeys((analyzer.characters(text), *spellings(number)))
            return Or(tuple(Characters(way, parts) for way in ways))
        case _:
            return Characters(analyzer.characters(leaf.text), parts)


def some_words(runs: Sequence[Run], demand: Demand, analyzer: Analyzer) -> Node | None:
    """Articles that hold as many of the runs' words as are demanded; None where that is all of them. A run
    that stands there in another way counts as one word more."""
    words = dict.fromkeys((word, run.parts) for run in runs for word in analyzer.query_words(run.text))
    needed = words_needed([word for word, _ in words], demand)
    if needed is None:
        return None
    count, chosen = needed
    others = (Or(other_ways(run, analyzer)) for run in runs if run.others)
    return AtLeast(count, (*(_word(word, parts) for word, parts in words if word in chosen), *others))


def _matching(leaf: Run | Phrase | Prefix | Near, analyzer: Analyzer, demand: Demand) -> Node:
    if isinstance(leaf, Run) and leaf.others:
        # Only what was typed is asked for in part: a part of another way to write it says too little.
        others = (_matching(other, analyzer, Demand.ALL) for other in _other_runs(leaf))
        return Or((_matching(replace(leaf, others=()), analyzer, demand), *others))
    standing = in_one_piece(leaf, leaf.parts, analyzer)
    if isinstance(leaf, Phrase | Near):
        return standing
    text = analyzer.characters(leaf.text)
    words = analyzer.query_words(leaf.text)
    if isinstance(leaf, Prefix):
        # A stem of several words begins no word, and whatever goes on behind it holds it as it stands.
        return _beginning(text, leaf.parts) if words == (text,) else standing
    if len(text) == 1 or words == (text,):
        return standing
    every = And(tuple(_word(word, leaf.parts) for word in words))
    return Or((standing, some_words((leaf,), demand, analyzer) or every))


def _beginning(stem: str, parts: tuple[Part, ...]) -> Node:
    prefix = PlannedPrefix(stem)
    return prefix if parts == EVERYWHERE else And((prefix, Characters(stem, parts)))


def _word(word: str, parts: tuple[Part, ...]) -> Node:
    """A word of a run. No engine keeps the words of each part, so inside a part its characters decide.

    A single character would stand in almost any part: that one also has to be a word of the article.
    """
    if parts == EVERYWHERE:
        return Word(word)
    characters = Characters(word, parts)
    return characters if len(word) > 1 else And((characters, Word(word)))


def score_leaf(leaf: Run | Phrase | Prefix | Near, analyzer: Analyzer, ranking: Ranking) -> Node:
    """What the leaf adds to the score of an article, however it was found."""
    texts = (leaf.first, leaf.second) if isinstance(leaf, Near) else (leaf.text,)
    scores = score_texts(texts, leaf.parts, analyzer, ranking)
    others = _other_scores(leaf, analyzer, ranking) if isinstance(leaf, Run) else ()
    return Or((*scores, *_bonuses(leaf, analyzer, ranking), *others))


def other_ways(run: Run, analyzer: Analyzer) -> tuple[Node, ...]:
    """Where the run stands in one piece in another way than as it was typed."""
    return tuple(in_one_piece(other, run.parts, analyzer) for other in _other_runs(run))


def _other_runs(run: Run) -> tuple[Run, ...]:
    return tuple(Run(other.text, run.parts) for other in run.others)


def _other_scores(run: Run, analyzer: Analyzer, ranking: Ranking) -> tuple[Node, ...]:
    """What the other ways to write a run add: the pairs of what was not typed, and the bonuses of standing in
    one piece, where the typed run does not have them. All of it at the weights of the ways."""
    changed = {text: other.weight for other in reversed(run.others) for text in other.changed}
    nodes = [
        node
        for text, weight in changed.items()
        for node in score_changed(text, run.parts, analyzer, ranking, weight)
    ]
    for weight in dict.fromkeys(other.weight for other in run.others):
        ways = replace(run, others=tuple(other for other in run.others if other.weight == weight))
        nodes.append(_instead(run, ways, run.parts, ranking.run_bonus * weight, analyzer))
        if Part.TITLE in run.parts:
            nodes.append(_instead(run, ways, (Part.TITLE,), ranking.title_run_bonus * weight, analyzer))
    return tuple(nodes)


def _instead(run: Run, ways: Run, parts: tuple[Part, ...], score: float, analyzer: Analyzer) -> Node:
    """This score where one of the other ways stands in these parts, and the typed run does not."""
    others = Or(other_ways(replace(ways, parts=parts), analyzer))
    return Constant(And((others, Not(in_one_piece(run, parts, analyzer)))), score)


def _bonuses(leaf: TextLeaf, analyzer: Analyzer, ranking: Ranking) -> tuple[Node, ...]:
    """What the leaf in one piece adds, and in the title once more."""
    in_title = in_one_piece(leaf, (Part.TITLE,), analyzer) if Part.TITLE in leaf.parts else None
    return score_in_one_piece(in_one_piece(leaf, leaf.parts, analyzer), in_title, ranking)


def _plan_number(leaf: DocumentNumber, analyzer: Analyzer, ranking: Ranking) -> Node:
    """Articles that name the document, and the document itself, though its text may not say its number."""
    named = in_one_piece(leaf, leaf.parts, analyzer)
    bonuses = _bonuses(leaf, analyzer, ranking)
    if leaf.parts != EVERYWHERE:
        return Maybe(Constant(named, 0.0), Or(bonuses))
    own = Keyword(DOCUMENT_NUMBER.keyword, (analyzer.keyword(leaf.number),))
    return Maybe(Constant(Or((named, own)), 0.0), Or((*bonuses, Constant(own, ranking.title_run_bonus))))


def _keyword(name: str) -> str:
    field = BY_NAME[name]
    if not isinstance(field, ValueField):
        raise TypeError(f"{name} is not a field of exact values")
    return field.keyword


def _date(name: str) -> str:
    field = BY_NAME[name]
    if not isinstance(field, DateField):
        raise TypeError(f"{name} is not a field of dates")
    return field.date
