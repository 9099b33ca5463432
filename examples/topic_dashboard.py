"""How many articles there are on a topic, by province and month, as a table to paste into a spreadsheet.

python examples/topic_dashboard.py 科技创新 --after 2024 --before 2024
"""

import argparse
from collections.abc import Mapping

from client import Client

PROVINCES = 10
"""Those with most articles; each costs one request."""


def table(client: Client, topic: str, period: Mapping[str, str]) -> list[list[str]]:
    """A row of headings, one for each of the commonest provinces, and one for the whole country."""
    filters = {"topic": topic, **period}
    regions = client.get("regions", {**filters, "counts": True})["regions"]
    commonest = sorted((one for one in regions if one["count"]), key=lambda one: -one["count"])[:PROVINCES]
    country = months(client, filters)
    rows = [["", *country, "all"]]
    for province in commonest:
        counts = months(client, {**filters, "region": province["code"]})
        rows.append(_row(province["name"], [counts.get(month, 0) for month in country]))
    return [*rows, _row("全国", list(country.values()))]


def months(client: Client, filters: Mapping[str, str]) -> dict[str, int]:
    """How many articles the filters let through in each month."""
    buckets = client.get("timeline", {**filters, "interval": "month"})["buckets"]
    return {bucket["start"]: bucket["count"] for bucket in buckets}


def _row(name: str, counts: list[int]) -> list[str]:
    return [name, *map(str, counts), str(sum(counts))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Articles on a topic by province and month.")
    parser.add_argument("topic")
    parser.add_argument("--after", help="YYYY, YYYY-MM or YYYY-MM-DD")
    parser.add_argument("--before")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    arguments = parser.parse_args()
    given = {"published_after": arguments.after, "published_before": arguments.before}
    rows = table(
        Client(arguments.address), arguments.topic, {name: text for name, text in given.items() if text}
    )
    print("\n".join("\t".join(row) for row in rows))
