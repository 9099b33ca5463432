"""A search box: what a text may go on as, and what it finds.

python examples/search_box.py zhej
python examples/search_box.py '协同创新 -武汉'
"""

import argparse
from html import unescape
from re import sub
from typing import Any

from client import Client


def suggestions(client: Client, typed: str) -> list[str]:
    """What to offer while somebody is typing."""
    items = client.get("suggest", {"q": typed, "limit": 5})["items"]
    return [f"{item['text']}  ({item['kind']}, {item['count']})" for item in items]


def results(client: Client, q: str) -> list[str]:
    """A page of hits as lines: how the query was read, the hits with their marks, what else may be meant."""
    answer = client.get("search", {"q": q, "per_page": 5, "snippets": 1})
    lines = [notice["message"] for notice in answer["notices"]]
    lines.append(f"{answer['total']} articles")
    for hit in answer["results"]:
        lines.append(f"{hit['title']}  [{hit['source'] or ''} {(hit['published_at'] or '')[:10]}]")
        lines += [f"    {marked(snippet)}" for snippet in hit["snippets"]]
    lines += [f"Did you mean {other['q']}? ({other['count']})" for other in answer["suggestions"]]
    return lines


def marked(snippet: dict[str, Any]) -> str:
    """A snippet as text, what matched between 【 and 】. A page can show the HTML as it is: it is escaped."""
    return unescape(sub("</mark>", "】", sub("<mark>", "【", snippet["html"]))).replace("\n", " ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What a text may go on as, and what it finds.")
    parser.add_argument("text")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    arguments = parser.parse_args()
    box = Client(arguments.address)
    print("\n".join([*suggestions(box, arguments.text), "", *results(box, arguments.text)]))
