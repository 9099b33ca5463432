"""Tells of new articles that a query finds, each of them once; run it every few minutes.

python examples/alert.py state.json '补贴' --region 浙江

New is what was added to the library since the run before, whenever it was published; the first run only
takes note of what is there. Where the server has saved searches, saved_search.py needs no state but a time.
"""

import argparse
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from client import Client, Parameters

CHINA = timezone(timedelta(hours=8))
"""Days of the query interface begin there."""


def new_articles(client: Client, asked: Parameters, file: Path, now: datetime) -> list[dict[str, Any]]:
    """The hits that no run before was told of, what was added last first; the file remembers them."""
    state = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    # A day back, since what was added just before midnight may be found only after it.
    today = (now.astimezone(CHINA) - timedelta(days=1)).date().isoformat()
    since = today if state is None else state["since"]
    # Articles with a part of the query are no news.
    added = list(client.walk({"match": "all", **asked, "added_after": since, "sort": "added"}))
    told = {hit["id"] for hit in added} if state is None else set(state["told"])
    fresh = [hit for hit in added if hit["id"] not in told]
    remembered = {"since": today, "told": [hit["id"] for hit in added]}
    part = file.with_suffix(".part")
    part.write_text(json.dumps(remembered), encoding="utf-8")
    part.replace(file)
    return fresh


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Tell of new articles that a query finds.")
    parser.add_argument("state", type=Path, help="a file of this program, made by the first run")
    parser.add_argument("query")
    parser.add_argument("--region", action="append", default=[])
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    arguments = parser.parse_args()
    asked = {"q": arguments.query, "region": arguments.region, "snippets": 0}
    for hit in new_articles(Client(arguments.address), asked, arguments.state, datetime.now(CHINA)):
        print(f"{hit['title']}  {hit['url'] or hit['id']}")
