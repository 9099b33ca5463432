"""Tells of new articles by a search that the server keeps; run it as often as you like.

POLICY_SEARCH_TOKEN=… python examples/saved_search.py state.json '补贴' --region 浙江

It needs a server with saved searches, and its token. The server says until when nothing can have been missed,
and the next run asks from there: nothing else has to be remembered. A webhook would spare the asking.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from client import Client, Parameters, query_string


def new_articles(client: Client, asked: Parameters, file: Path) -> list[dict[str, Any]]:
    """What came in since the run before; the first run saves the search. Raises Problem."""
    if not file.exists():
        saved = client.post(
            "saved-searches", {"name": file.stem, "query": query_string(asked), "frequency": "daily"}
        )
        file.write_text(json.dumps({"id": saved["id"]}), encoding="utf-8")
    state = json.loads(file.read_text(encoding="utf-8"))
    window: Parameters = {"since": state["until"]} if "until" in state else {}
    pages = list(client.pages(f"saved-searches/{state['id']}/new", {**window, "per_page": 100}))
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"id": state["id"], "until": pages[0]["until"]}), encoding="utf-8")
    part.replace(file)
    return [hit for page in pages for hit in page["results"]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Tell of what a saved search finds that is new.")
    parser.add_argument("state", type=Path, help="a file of this program, made by the first run")
    parser.add_argument("query")
    parser.add_argument("--region", action="append", default=[])
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    arguments = parser.parse_args()
    watching = Client(arguments.address, token=os.environ["POLICY_SEARCH_TOKEN"])
    for hit in new_articles(watching, {"q": arguments.query, "region": arguments.region}, arguments.state):
        print(f"{hit['title']}  {hit['url'] or hit['id']}")
