"""Random questions as people type them: long runs, alone or beside other clauses, and any other query."""

from collections.abc import Sequence
from random import Random

from tests.query_clauses import any_clause, may_be_a_number
from tests.reference_engine import And, Node, Phrase, ReferenceArticle, Run, query_words
from tests.strategies import ClauseMaker, query_tree, writable_as_run


def question(random: Random, among: Sequence[ReferenceArticle], a_clause: ClauseMaker = any_clause) -> Node:
    """A long run out of one article or of two, alone or beside other clauses; or any other query."""
    if random.random() < 0.4:
        return query_tree(random, among, a_clause)
    about = random.choice(among)
    if random.random() < 0.5:
        words = query_words(about.body) or ("科技",)
        text = "".join(random.choices(words, k=random.randint(2, 9)))
    else:
        text = cut(random, about, 24) + cut(random, random.choice(among), 24)
    run = "".join(char for char in text if not char.isspace()).strip("\u200b\u00ad")
    long = Run(run) if writable_as_run(run) and not may_be_a_number(run) else Phrase("科技")
    if random.random() < 0.5:
        return long
    return And((long, *(a_clause(random, random.choice(among)) for _ in range(random.randint(1, 2)))))


def cut(random: Random, article: ReferenceArticle, longest: int) -> str:
    """A stretch of one of its parts."""
    text = random.choice([part for part in article.parts if part])
    at = random.randrange(len(text))
    return text[at : at + random.randint(1, longest)]
