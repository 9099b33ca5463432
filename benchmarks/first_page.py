"""What the first page of results costs in a browser: the server's part, until it is there, and bytes.

    python -m benchmarks.first_page DATA_FOLDER

DATA_FOLDER is a data folder with an index. Each query is asked a few times by chromium with empty caches,
that of compiled scripts too; medians of all. Needs chromium and the dependency group `test`.
"""

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.processes import server

QUERIES: Final = (
    "科技创新",
    "补贴",
    "“总投资超过100亿元”",
    "专精特新 中小企业 奖励办法",
    "养老服务 -社区",
    "year:2024 营商环境",
    "高质量发展",
    "标题：行动方案",
    "(养老服务 OR 托育服务) -招标公告 title:实施方案",
)
LOADS: Final = 5
WARMING: Final = 1
"""Loads before those that are counted: the first search of a process reads files."""

_TIMES: Final = """() => {
  const [load] = performance.getEntriesByType("navigation");
  const parts = performance.getEntriesByType("resource");
  return {
    server: load.serverTiming.reduce((sum, stage) => sum + stage.duration, 0),
    answered: load.responseEnd - load.requestStart,
    ready: load.domContentLoadedEventEnd,
    html: load.decodedBodySize,
    all: parts.reduce((sum, part) => sum + part.decodedBodySize, load.decodedBodySize),
  };
}"""


def main() -> int:
    """Print a line for each query, and the medians of all."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    given = arguments.parse_args()
    with server(given.folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        print(f"{'':<28}{'server ms':>10}{'answered ms':>12}{'ready ms':>10}{'HTML':>9}{'all bytes':>11}")
        loads = []
        for query in QUERIES:
            found = [
                load(page, session, f"{address}/search?q={quote(query)}") for _ in range(WARMING + LOADS)
            ]
            loads += found[WARMING:]
            print_medians(query, found[WARMING:])
        print_medians("all", loads)
        browser.close()
    return 0


def load(page: Page, session: CDPSession, address: str) -> dict[str, float]:
    """One load of a page as if nothing had been loaded before."""
    session.send("Network.clearBrowserCache")
    page.goto(address)
    times: dict[str, Any] = page.evaluate(_TIMES)
    return times


def print_medians(name: str, loads: list[dict[str, float]]) -> None:
    server_ms, answered, ready, html, everything = (
        statistics.median(one[key] for one in loads) for key in ("server", "answered", "ready", "html", "all")
    )
    print(f"{name:<28}{server_ms:10.1f}{answered:12.1f}{ready:10.0f}{html:9.0f}{everything:11.0f}")


if __name__ == "__main__":
    sys.exit(main())
