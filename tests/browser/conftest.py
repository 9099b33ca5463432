"""Chromium on a real server with 300 articles: the sample, the complaints, and generated ones."""

import json
import shutil
from collections.abc import Iterator
from random import Random

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from index.article import Article
from tests.conftest import ROOT
from tests.processes import run, server
from tests.search.complaints import Case, cases

ARTICLES = 300
SUBJECTS = ("产业园", "人才公寓", "轨道交通", "社区养老", "绿色金融", "职业教育", "数字政府", "乡村旅游")
VERBS = ("推进", "支持", "发布", "调整", "验收", "表彰")


def complaint_id(case: Case, article: Article) -> str:
    """The id that an article of a complaint has on the site."""
    return f"complaint-{case.name}-{article.id}"


def complaints() -> list[dict[str, str]]:
    """The texts of the complaints as records."""
    return [
        {"id": complaint_id(case, article), "title": article.title, "text": article.body}
        for case in cases()
        for article in case.articles
    ]


def generated(count: int) -> list[dict[str, str]]:
    """Articles that fill the pages behind the others."""
    random = Random(300)
    records = []
    for number in range(count):
        subject, verb = random.choice(SUBJECTS), random.choice(VERBS)
        records.append(
            {
                "id": f"generated-{number:03}",
                "title": f"第{number + 1}批{subject}项目{verb}情况",
                "text": "\n".join(f"{subject}{verb}工作第{random.randrange(99)}次会议。" for _ in range(9)),
                "source": f"{random.choice(SUBJECTS)}简报",
                "published": f"{random.randint(2019, 2026)}-0{random.randint(1, 9)}-15",
            }
        )
    return records


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with 300 articles."""
    data = tmp_path_factory.mktemp("site") / "data"
    first = run(data, "ingest", str(ROOT / "web" / "sample"), "--json")
    summary = next(
        event for event in map(json.loads, first.stdout.splitlines()) if event["event"] == "summary"
    )
    records = complaints()
    records += generated(ARTICLES - summary["new"] - len(records))
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    done = run(data, "ingest", "-", stdin=lines.encode())
    assert done.returncode == 0, done.stderr.decode()
    with server(data) as address:
        yield address


# Its scope is this folder: playwright keeps an event loop running in the thread until it is stopped, and a
# test elsewhere that calls asyncio.run in the same process must not meet it.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def complaints_of(page: Page) -> list[str]:
    """Grows with what a page complains of: console errors (reports of its policy too), failed requests."""
    heard: list[str] = []

    def on_console(entry: ConsoleMessage) -> None:
        # The browser reports the status of a page that a test asks for on purpose.
        if entry.type in {"error", "warning"} and "the server responded with a status" not in entry.text:
            heard.append(entry.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
    return heard


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 1280 by 900; the test fails on anything that the browser complains of."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints = complaints_of(opened)
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def plain_page(chromium: Browser) -> Iterator[Page]:
    """A page without JavaScript, as wide as a small telephone."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    opened = context.new_page()
    complaints = complaints_of(opened)
    yield opened
    context.close()
    assert complaints == []
