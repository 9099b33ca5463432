"""Takes the pictures of docs/screenshots: python -m tests.browser.screenshots

Each state of the pages, wide and narrow, light and dark, and the results in the other languages, over
the sample alone, as the demo shows it. Pictures of states that are no more go.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import sites
from tests.browser.records import DELETED
from tests.browser.states import PAGES, STATES, State, in_language
from tests.conftest import ROOT

FOLDER: Final = ROOT / "docs" / "screenshots"
SIZES: Final = {"wide": (1280, 900), "narrow": (360, 740)}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
LANGUAGES: Final = ("zh-Hant", "en")

RESULTS: Final = STATES["results"]
SHOWN: Final = STATES | PAGES | {"phrase": replace(RESULTS, path="/search?q=“总投资超过100亿元”&sort=newest")}
SERVICES: Final = {"stopped": sites.stopped, "empty": sites.empty, "endless": sites.endless}
DELETED_ARTICLE: Final = {"id": DELETED, "title": "已撤下的通知", "text": "这篇文章会被删除。"}


def pictures() -> Iterator[tuple[str, str, State]]:
    """Name, language and state of each picture of a size and scheme."""
    for name, state in SHOWN.items():
        yield name.replace(" ", "-"), "zh-Hans", state
    for language in LANGUAGES:
        yield f"results-{language}", language, RESULTS


def take(browser: Browser, addresses: dict[str, str]) -> set[str]:
    """Write all pictures, and give their names."""
    written: set[str] = set()
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
            )
            page = context.new_page()
            for name, language, state in pictures():
                page.goto(addresses[state.site] + in_language(state.path, language))
                written.add(_picture(page, f"{name}-{size}-{scheme}.png"))
            written.add(_suggestions(page, addresses["real"], f"suggestions-{size}-{scheme}.png"))
            context.close()
    return written


def _suggestions(page: Page, address: str, name: str) -> str:
    page.goto(address)
    page.locator("#q").fill("科技")
    page.get_by_role("option").first.wait_for()
    return _picture(page, name)


def _picture(page: Page, name: str) -> str:
    page.screenshot(path=FOLDER / name)
    return name


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "data"
        addresses = {"real": stack.enter_context(sites.real_site(data, [DELETED_ARTICLE]))}
        for name, service in SERVICES.items():
            addresses[name] = stack.enter_context(sites.fake_site(service()))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        written = take(browser, addresses)
        browser.close()
    for picture in FOLDER.glob("*.png"):
        if picture.name not in written:
            picture.unlink()


if __name__ == "__main__":
    main()
