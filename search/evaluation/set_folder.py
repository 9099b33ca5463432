"""A folder with a judged set."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.judged_set import JudgedSet
from search.evaluation.qrels_file import read_qrels
from search.evaluation.query_files import read_queries

QUERY_FILES: Final = ("queries.jsonl", "queries.tsv", "topics.tsv", "topics.txt", "topics.trec")
QRELS_FILES: Final = ("qrels.tsv", "qrels.txt", "qrels.trec", "qrels")


def read_sets(folders: Sequence[Path]) -> tuple[JudgedSet, ...]:
    """The sets of several folders. Raises OSError and EvaluationInputInvalid.

    Results are kept by the names of sets and the ids of queries, so none may come twice.
    """
    sets = tuple(map(read_set, folders))
    names: dict[str, Path] = {}
    owners: dict[str, str] = {}
    for folder, judged in zip(folders, sets, strict=True):
        if judged.name in names:
            raise EvaluationInputInvalid(
                f"{names[judged.name]} and {folder} have the same name, so their results could not be told "
                "apart; rename one"
            )
        names[judged.name] = folder
        for query in judged.queries:
            if query.id in owners:
                raise EvaluationInputInvalid(
                    f"{owners[query.id]} and {judged.name} both have a query {query.id}; "
                    "measure them one by one"
                )
            owners[query.id] = judged.name
    return sets


def read_set(folder: Path) -> JudgedSet:
    """The set of a folder, under the folder's name. Raises OSError and EvaluationInputInvalid."""
    queries = read_queries(_only(folder, QUERY_FILES, "queries"))
    grades = read_qrels(_only(folder, QRELS_FILES, "judgements"))
    judged = {query.id for query in queries if any(grade > 0 for grade in grades.get(query.id, {}).values())}
    if not judged:
        raise EvaluationInputInvalid(
            f"{folder}: no query has a relevant article; do the ids of both files agree?"
        )
    return JudgedSet(
        name=folder.resolve().name,
        queries=tuple(query for query in queries if query.id in judged),
        grades={query_id: grades[query_id] for query_id in sorted(judged)},
        unjudged=tuple(query.id for query in queries if query.id not in judged),
    )


def _only(folder: Path, names: Sequence[str], what: str) -> Path:
    """The one file of the folder that has one of the names."""
    found = [folder / name for name in names if (folder / name).is_file()]
    if not found:
        raise EvaluationInputInvalid(f"{folder} has no file of {what}; it is called {' or '.join(names)}")
    if len(found) > 1:
        raise EvaluationInputInvalid(
            f"{folder} has {len(found)} files of {what} ({', '.join(path.name for path in found)}); keep one"
        )
    return found[0]
