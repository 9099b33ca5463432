"""Run files of TREC: the answers of an engine, ours or another's."""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.evaluation.answers import Answer, Answers
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.lines import fault, numbered_lines


def read_run(path: Path) -> dict[str, Answer]:
    """The answers of a run file. Raises OSError and EvaluationInputInvalid.

    A line has query, Q0, article, rank, score and the name of the run. As for trec_eval the score decides,
    the highest first; articles with equal scores keep the order of their ranks.
    """
    scored: dict[str, dict[str, tuple[float, int]]] = {}
    for number, line in numbered_lines(path):
        fields = line.split()
        if len(fields) != 6:
            raise fault(path, number, "this is not query, Q0, article, rank, score and name")
        query_id, _, article_id, rank, score, _ = fields
        articles = scored.setdefault(query_id, {})
        if article_id in articles:
            raise fault(path, number, f"{article_id} is ranked a second time for {query_id}")
        try:
            articles[article_id] = (-float(score), int(rank))
        except ValueError as error:
            raise fault(path, number, f"rank {rank!r} or score {score!r} is no number") from error
        if math.isnan(articles[article_id][0]):
            raise fault(path, number, f"the score {score!r} is no number")
    if not scored:
        raise EvaluationInputInvalid(f"{path} holds no ranking")
    return {
        query_id: Answer(tuple(sorted(found, key=found.__getitem__))) for query_id, found in scored.items()
    }


def run_lines(answers: Answers, name: str) -> Iterator[str]:
    """The lines of a run file, without line ends.

    Scores only say the order, so that any tool reads the order in which the hits came.
    """
    for query_id, answer in answers.items():
        for rank, score, article_id in _ranked(answer.ids):
            yield f"{query_id} Q0 {article_id} {rank} {score} {name}"


def _ranked(ids: tuple[str, ...]) -> Iterable[tuple[int, int, str]]:
    return zip(range(1, len(ids) + 1), range(len(ids), 0, -1), ids, strict=True)
