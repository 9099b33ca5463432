"""Takes the screenshots of docs/screenshots from a running demo: python -m scripts.take_screenshots ADDRESS.

Needs Debian's chromium and the packages of the test set.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"

STATES = {
    "home": "/",
    "results": "/search?q=协同创新",
    "phrase": "/search?q=“总投资超过100亿元”&sort=newest",
    "nothing": "/search?q=没有这样的词组&match=all",
    "error": "/search?q=创新&page=0",
    "help": "/help",
}
SIZES = {"wide": (1280, 900), "narrow": (360, 740)}


def main(address: str) -> None:
    """One picture of each state, size and colour scheme."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                for state, path in STATES.items():
                    page.goto(address + path)
                    page.screenshot(path=FOLDER / f"{state}-{size}-{scheme}.png")
                    if state == "results":
                        page.locator("main h3 a, main h2 a").first.click()
                        page.screenshot(path=FOLDER / f"article-{size}-{scheme}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
