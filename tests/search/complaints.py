"""The complaints table: its cases as data, and how one is put to the search."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.errors import Cause, PolicySearchError
from search.request import Match, Reading, SearchRequest, Sort
from search.results import Notice, SearchResult
from search.rules.expansion_setup import load_expander
from search.rules.query_rules import QueryRules
from search.service import SearchService
from search.synonyms.rules import Group, SynonymFile
from tests.engines import ArticleLibrary, make_article

DATA = Path(__file__).resolve().parents[1] / "data/complaints.jsonl"
SHANGHAI = timezone(timedelta(hours=8))

Expectation = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test of a row. `texts` by article id; `expect` as in the data file; `synonyms`: own ones."""

    row: int
    name: str
    is_query: bool
    query: str
    params: Mapping[str, str]
    expect: Expectation
    synonyms: tuple[tuple[str, ...], ...]
    articles: tuple[Article, ...]


def cases() -> tuple[Case, ...]:
    """All cases of the table, in its order."""
    return tuple(_case(json.loads(line)) for line in DATA.read_text(encoding="utf-8").splitlines())


def _case(row: Mapping[str, Any]) -> Case:
    return Case(
        row=row["row"],
        name=row["case"],
        is_query=row["kind"] == "query",
        query=row.get("query", ""),
        params=row.get("params", {}),
        expect=row["expect"],
        synonyms=tuple(map(tuple, row.get("setup", {}).get("synonyms", ()))),
        articles=tuple(_article(name, text) for name, text in row["texts"].items()),
    )


def _article(name: str, text: str | Mapping[str, Any]) -> Article:
    if isinstance(text, str):
        return make_article(name, text)
    if "repeat" in text:
        return make_article(name, text["repeat"] * text["times"] + text["end"])
    article = make_article(name, text["body"], title=text["title"])
    if (day := text.get("published")) is None:
        return article
    return replace(article, published=datetime.fromisoformat(day).replace(tzinfo=SHANGHAI))


def service_for(case: Case, library: ArticleLibrary) -> SearchService:
    """A search over the articles of a case and no others, in this library."""
    library.refill(case.articles)
    groups = tuple(Group(line, forms) for line, forms in enumerate(case.synonyms, start=1))
    expander = load_expander(library.analyzer.folding, SynonymFile("synonyms.txt", groups))
    return library.service(QueryRules(expander))


def request_for(case: Case) -> SearchRequest:
    """The case as a request; fails where it has a parameter that there is no place for yet."""
    unknown = dict(case.params)
    sort = unknown.pop("sort", None)
    match = Match(unknown.pop("match", Match.SMART.value))
    reading = Reading.STRICT if unknown.pop("repair", "true") == "false" else Reading.FORGIVING
    if unknown:
        pytest.fail(f"a request cannot say {unknown} yet")
    return SearchRequest(q=case.query, sort=Sort(sort) if sort else None, reading=reading, match=match)


def check(case: Case, library: ArticleLibrary) -> None:
    """Put the case to the search, and assert everything that it expects."""
    service = service_for(case, library)
    request = request_for(case)
    # Of the processor, not of the clock: other work on the machine is not the search's.
    started = time.thread_time()
    try:
        result = service.search(request)
    except PolicySearchError as error:
        _check_error(case.expect, error)
    else:
        _check_result(case.expect, result)
    taken = (time.thread_time() - started) * 1000
    assert taken <= case.expect.get("max_ms", taken)


def _check_error(expect: Expectation, error: PolicySearchError) -> None:
    assert error.cause is Cause.BAD_INPUT
    assert 400 in _statuses(expect)
    for key, wanted in expect.get("error", {}).items():
        match key:
            case "type":
                assert error.kind == wanted
            case "span":
                assert list(getattr(error, "span", ())) == wanted
            case _:
                pytest.fail(f"no check for {key} of an error")


def _check_result(expect: Expectation, result: SearchResult) -> None:
    ids = [hit.article.id for hit in result.hits]
    assert 200 in _statuses(expect)
    for key, wanted in expect.items():
        match key:
            case "hits":
                assert sorted(ids) == sorted(wanted)
            case "total":
                assert result.total == wanted == len(ids)
            case "order":
                assert ids == wanted
            case "first":
                assert ids[0] == wanted
            case "marks":
                assert {name: _marks(result, name) for name in wanted} == wanted
            case "notices":
                assert len(result.notices) == len(wanted)
                for notice, fields in zip(result.notices, wanted, strict=True):
                    assert _fields(notice).items() >= fields.items()
            case "relaxed":
                assert result.relaxed is not None
                dropped = [
                    {"text": word.text, "span": list(word.span)} for word in result.relaxed.dropped or ()
                ]
                assert dropped == wanted
            case "kind":
                _check_kind(wanted, result)
            case "status" | "max_ms":
                pass
            case _:
                pytest.fail(f"an answer cannot say {key} yet")


def _check_kind(wanted: str, result: SearchResult) -> None:
    """Why there are hits."""
    match wanted:
        case "synonym":
            assert [change.by for change in result.synonyms] == ["synonyms.txt:1"]
        case "partial":
            assert result.relaxed is not None
            assert result.relaxed.strict_total == 0
        case _:
            pytest.fail(f"an answer cannot say {wanted} yet")


def _statuses(expect: Expectation) -> tuple[int, ...]:
    status = expect.get("status", 200)
    return (status,) if isinstance(status, int) else tuple(status)


def _marks(result: SearchResult, name: str) -> dict[str, list[list[int]]]:
    hit = next(hit for hit in result.hits if hit.article.id == name)
    return {part.value: [list(span) for span in spans] for part, spans in hit.highlights.items()}


def _fields(notice: Notice) -> dict[str, object]:
    return {"kind": notice.kind.value, "text": notice.text, "span": list(notice.span)}
