"""The client: what it sends, when it tries again, and what it says is wrong; on a server of this test."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from client import Client, Problem

TOKEN = "not-to-be-shown"  # noqa: S105

Answer = tuple[int, dict[str, str], bytes]
OK: Answer = (200, {}, b'{"results": []}')
BUSY: Answer = (503, {"Retry-After": "7"}, b'{"type": "/problems/overloaded", "detail": "busy"}')


@dataclass
class Script:
    """Gives these answers in turn, the last one again and again, and remembers what was asked."""

    answers: list[Answer]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def next(self, path: str, headers: dict[str, str]) -> Answer:
        self.asked.append((path, headers))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def script() -> Script:
    return Script([OK])


@pytest.fixture
def address(script: Script) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(dict(self.headers))

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.answer({**self.headers, "Body": self.rfile.read(length).decode()})

        def answer(self, asked: dict[str, str]) -> None:
            status, headers, body = script.next(self.path, asked)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_values_are_written_as_the_interface_reads_them(address: str, script: Script) -> None:
    client = Client(address, token=TOKEN, language="zh-Hant")
    client.get("search", {"q": "创新 -a&b", "region": ["浙江", "湖北"], "per_page": 5, "explain": True})
    ((path, headers),) = script.asked
    assert path == (
        "/api/v1/search?q=%E5%88%9B%E6%96%B0+-a%26b&region=%E6%B5%99%E6%B1%9F&region=%E6%B9%96%E5%8C%97"
        "&per_page=5&explain=true"
    )
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Accept-Language"] == "zh-Hant"
    assert TOKEN not in repr(client)


def test_without_a_token_none_is_sent_and_an_id_is_one_part_of_the_path(address: str, script: Script) -> None:
    Client(address).article("a/b:c")
    ((path, headers),) = script.asked
    assert path == "/api/v1/articles/a%2Fb%3Ac?"
    assert "Authorization" not in headers


def test_a_busy_server_is_asked_again_when_it_says(address: str, script: Script) -> None:
    script.answers = [BUSY, (429, {}, b""), (503, {"Retry-After": "4000"}, b"{}"), OK]
    waits: list[float] = []
    assert Client(address, wait=waits.append).get("search") == {"results": []}
    assert waits == [7.0, 1.0, 60.0]


def test_it_gives_up_after_so_many_tries(address: str, script: Script) -> None:
    script.answers = [BUSY]
    waits: list[float] = []
    with pytest.raises(Problem) as refused:
        Client(address, tries=3, wait=waits.append).get("search")
    assert (refused.value.status, refused.value.type) == (503, "/problems/overloaded")
    assert (len(script.asked), waits) == (3, [7.0, 7.0])


def test_what_is_wrong_is_not_asked_again_and_names_the_parameter(address: str, script: Script) -> None:
    problem = {
        "type": "/problems/invalid-parameter",
        "detail": "a mistake",
        "errors": [{"parameter": "page", "detail": "give 1 to 10000"}],
    }
    script.answers = [(400, {}, json.dumps(problem).encode())]
    with pytest.raises(Problem, match="400 /problems/invalid-parameter: page: give 1 to 10000") as refused:
        Client(address).get("search", {"page": 0})
    assert len(script.asked) == 1
    assert refused.value.errors[0]["parameter"] == "page"


def test_an_answer_of_somebody_else_has_its_status(address: str, script: Script) -> None:
    script.answers = [(502, {}, b"<html>proxy</html>")]
    with pytest.raises(Problem, match="502 about:blank: Bad Gateway"):
        Client(address).get("search")


def test_what_is_posted_is_json(address: str, script: Script) -> None:
    Client(address, token=TOKEN).post("saved-searches", {"name": "补贴"})
    ((path, headers),) = script.asked
    assert path == "/api/v1/saved-searches"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(headers["Body"]) == {"name": "补贴"}


def test_a_walk_follows_the_cursors_to_the_end(address: str, script: Script) -> None:
    pages = [{"results": [{"id": "a"}], "next_cursor": "x"}, {"results": [{"id": "b"}], "next_cursor": None}]
    script.answers = [(200, {}, json.dumps(page).encode()) for page in pages]
    assert [hit["id"] for hit in Client(address).walk({"q": "x"}, per_page=1)] == ["a", "b"]
    assert [path.partition("?")[2] for path, _ in script.asked] == [
        "q=x&per_page=1&cursor=%2A",
        "q=x&per_page=1&cursor=x",
    ]
