"""What was added on one day, as a file with an article in each line; run it each night.

python examples/daily_export.py export/ --day 2026-11-27

The file has its name only when it is whole, so whoever picks it up never sees a part of it.
"""

import argparse
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

from client import Client, Parameters

CHINA = timezone(timedelta(hours=8))
"""Days of the query interface begin there."""
FIELDS = "id,title,url,source,published_at,region,topic,document_number,agency,body"


def export(client: Client, folder: Path, day: str) -> tuple[Path, int]:
    """Write the articles that were added on the day, YYYY-MM-DD; gives the file and how many they are."""
    asked: Parameters = {
        "added_after": day,
        "added_before": day,
        "sort": "added",
        "collapse": "none",
        "fields": FIELDS,
        "snippets": 0,
        "highlight": "none",
    }
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / f"articles-{day}.ndjson"
    part = whole.with_suffix(".part")
    count = 0
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for hit in client.walk(asked):
            file.write(json.dumps(hit, ensure_ascii=False) + "\n")
            count += 1
    part.replace(whole)
    return whole, count


if __name__ == "__main__":
    yesterday = (datetime.now(CHINA) - timedelta(days=1)).date().isoformat()
    parser = argparse.ArgumentParser(description="Write what was added on one day.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--day", default=yesterday, help="YYYY-MM-DD in China; as a rule yesterday")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    arguments = parser.parse_args()
    file, number = export(Client(arguments.address), arguments.folder, arguments.day)
    print(f"{number} articles in {file}")
