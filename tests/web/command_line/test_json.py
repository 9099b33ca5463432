"""What `--json` prints has the shape that the reference page documents."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from tests.commands import lines, run_json, run_on
from web.command_line.catalogue import MODULES, load_command
from web.command_line.options import JsonOption, Printed
from web.commands.generations import GenerationsReport

NEW = {"id": "n", "title": "新到的文章"}
ASKED: dict[str, Callable[[Path, Path], list[str]]] = {
    "ingest": lambda _, place: [
        str(file_of(place, "more.jsonl", lines({"id": "n", "title": "新"}, {"titel": "x"})))
    ],
    "search": lambda *_: ["协同", "--facets", "year", "--explain", "true"],
    "similar": lambda *_: ["a1"],
    "facets": lambda *_: ["region"],
    "timeline": lambda *_: ["--interval", "day"],
    "regions": lambda *_: ["--depth", "2", "--counts", "true"],
    "suggest": lambda *_: ["协"],
    "analyze": lambda *_: ["科技創(chuàng)新"],
    "delete": lambda *_: ["a3", "nosuch"],
    "backup": lambda _, place: [str(place / "backup.db")],
    "index": lambda *_: [],
    "rebuild": lambda *_: [],
    "optimise": lambda *_: [],
    "generations": lambda *_: [],
    "rollback": lambda data, _: [live(data)],
    "check": lambda *_: [],
    "stats": lambda *_: [],
    "reload-dictionary": lambda _, place: [str(file_of(place, "words.txt", "碳汇贷\n".encode()))],
    "evaluate": lambda _, place: [str(judged(place))],
    "zero-hits": lambda *_: [],
    "queries": lambda *_: [],
    "forget-queries": lambda *_: [],
}
NOT_ASKED = {
    "restore": "it needs a folder without articles; see test_ingest.py",
    "follow": "it never ends; its events are those of `ingest`",
    "vectors": "it needs a model; see test_semantic.py",
}


def file_of(place: Path, name: str, content: bytes) -> Path:
    file = place / name
    file.write_bytes(content)
    return file


def live(data: Path) -> str:
    (generation,) = msgspec.convert(run_json(data, "generations"), GenerationsReport).generations
    return generation.generation


def judged(place: Path) -> Path:
    folder = place / "judged"
    folder.mkdir()
    file_of(folder, "queries.tsv", "q1\t协同\n".encode())
    file_of(folder, "qrels.tsv", b"q1\ta1\t2\n")
    return folder


def json_option(name: str) -> JsonOption | None:
    options = (option for option in load_command(name).params if isinstance(option, JsonOption))
    return next(options, None)


def test_every_command_with_json_is_asked() -> None:
    assert {name for name in MODULES if json_option(name) is not None} == ASKED.keys() | NOT_ASKED.keys()


@pytest.mark.parametrize("name", ASKED)
def test_what_is_printed_has_the_documented_shape(
    name: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each object can be read as the type, and has no field that the type does not have."""
    monkeypatch.setenv("POLICY_SEARCH_QUERY_LOG_DAYS", "7")
    option = json_option(name)
    assert option is not None
    if name == "check":
        damage(data)
    done = run_on(data, name, *ASKED[name](data, tmp_path), "--json")
    assert done.status in {0, 1, 2}
    printed = [json.loads(line) for line in done.out.splitlines()]
    assert printed, done.message
    assert option.printed is Printed.LINES or len(printed) == 1
    for one in printed:
        read = msgspec.convert(one, option.shape)
        assert one.keys() <= fields_of(type(read), option.shape)


def damage(data: Path) -> None:
    segment = next((data / "index").rglob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-1])


def fields_of(kind: type, shape: Any) -> set[str]:
    assert kind in (get_args(shape) or (shape,))
    read = msgspec.inspect.type_info(kind)
    assert isinstance(read, msgspec.inspect.StructType | msgspec.inspect.DataclassType)
    tag = {read.tag_field} if isinstance(read, msgspec.inspect.StructType) and read.tag_field else set()
    return {field.encode_name for field in read.fields} | tag
