"""Files of queries: JSON lines, tables of id and text, and the topics of TREC."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.judged_set import Query
from search.evaluation.lines import fault, numbered_lines, read_text

_TOPIC: Final = re.compile(r"<top>(.*?)</top>", re.DOTALL)
_NUMBER: Final = re.compile(r"<num>\s*(?:Number:)?\s*([^<\n]+)")
_TITLE: Final = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]+)")


class _QueryLine(msgspec.Struct, frozen=True):
    """A line of `queries.jsonl`; what else it says of the query is not needed here."""

    id: str
    text: str


_QUERY: Final = msgspec.json.Decoder(_QueryLine)


def read_queries(path: Path) -> tuple[Query, ...]:
    """The queries of a file, in its order.

    By the end of its name: `.jsonl` has one object with `id` and `text` a line, `.tsv` an id and a text with
    a tab between them; anything else is the topics of TREC, `<top>` with `<num>` and `<title>`.
    Raises OSError and EvaluationInputInvalid.
    """
    match path.suffix:
        case ".jsonl":
            read = _json_lines(path)
        case ".tsv":
            read = _table(path)
        case _:
            read = _topics(path)
    queries: dict[str, Query] = {}
    for line, query in read:
        if not query.id or any(map(str.isspace, query.id)):
            raise fault(path, line, f"the id {query.id!r} is empty or holds white space; give it another")
        if not query.text.strip():
            raise fault(path, line, f"the query {query.id} has no text")
        if query.id in queries:
            raise fault(path, line, f"a second query has the id {query.id}; give it another")
        queries[query.id] = query
    if not queries:
        raise EvaluationInputInvalid(f"{path} holds no query")
    return tuple(queries.values())


def _json_lines(path: Path) -> Iterator[tuple[int, Query]]:
    for number, line in numbered_lines(path):
        try:
            read = _QUERY.decode(line)
        except UNDECODABLE as error:
            raise fault(path, number, f"this is no object with the texts `id` and `text`: {error}") from error
        yield number, Query(read.id, read.text)


def _table(path: Path) -> Iterator[tuple[int, Query]]:
    for number, line in numbered_lines(path):
        query_id, tab, text = line.partition("\t")
        if not tab:
            raise fault(path, number, "there is no tab between id and text")
        yield number, Query(query_id.strip(), text.strip())


def _topics(path: Path) -> Iterator[tuple[int, Query]]:
    text = read_text(path)
    for topic in _TOPIC.finditer(text):
        line = text.count("\n", 0, topic.start()) + 1
        number, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        if number is None or title is None:
            raise fault(path, line, "this topic has no <num> or no <title>")
        yield line, Query(number[1].strip(), " ".join(title[1].split()))
