"""Files of judgements (qrels): which article answers which query, and how well."""

import re
from pathlib import Path
from typing import Final

from search.evaluation.judged_set import Grades
from search.evaluation.lines import fault, numbered_lines

_GRADE: Final = re.compile(r"-?[0-9]{1,4}")


def read_qrels(path: Path) -> dict[str, Grades]:
    """Query id to the grades of its articles.

    A line has query, article and grade, or as TREC writes it query, iteration, article and grade; white space
    is between them. Raises OSError and EvaluationInputInvalid.
    """
    judged: dict[str, dict[str, int]] = {}
    for number, line in numbered_lines(path):
        fields = line.split()
        if len(fields) not in {3, 4}:
            raise fault(path, number, "this is not query, article and grade, nor query, 0, article and grade")
        query_id, article_id, grade = fields[0], fields[-2], fields[-1]
        if not _GRADE.fullmatch(grade):
            raise fault(path, number, f"the grade {grade!r} is no whole number; 0 is not relevant")
        grades = judged.setdefault(query_id, {})
        if article_id in grades:
            raise fault(path, number, f"{article_id} is judged a second time for {query_id}; keep one")
        grades[article_id] = int(grade)
    return dict(judged)
