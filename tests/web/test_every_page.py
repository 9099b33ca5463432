"""What holds for every page in every state."""

import pytest
from starlette.testclient import TestClient

from tests.web.markup import Element, parse_page

STATES = {
    "home": "/",
    "results": "/search?q=科技创新",
    "filtered": '/search?q=科技 "创新&source=浙江日报&source=陕西日报&published_after=2019'
    "&published_before=2026",
    "excluded": "/search?q=科技&exclude_source=浙江日报&exclude_source=陕西日报",
    "page 4": "/search?per_page=3&page=4",
    "behind the last page": "/search?page=50",
    "counts only": "/search?q=科技&per_page=0",
    "nothing found": "/search?q=科技创新 碳汇贷&source=浙江日报",
    "regions chosen": "/search?region=鄂&region=长三角&region=320106!&region=_missing&exclude_region=杭州",
    "documents chosen": "/search?document_type=通知&level=省级&agency=_missing&year=2019..2024",
    "facet of regions": "/facets?facet=region&region=鄂",
    "region sought": "/facets?facet=region&find=鄂",
    "facet of sources": "/facets?facet=source&q=科技",
    "no value found": "/facets?facet=source&q=科技&find=没有",
    "faulty": "/search?q=科技&pag=2&published_after=20x4&sort=newst",
    "too long": "/search?q=" + "字" * 520,
    "article": "/articles/long?q=社区服务",
    "traditional article": "/articles/hant:1?q=创新",
    "original": "/articles/hant:1?text=original",
    "record": "/articles/a1?text=original",
    "undated article": "/articles/undated",
    "deleted article": "/articles/deleted-1",
    "no such page": "/nowhere",
    "help": "/help",
    "parameters": "/help/parameters",
    "about": "/about",
    "regions": "/regions",
    "a region found": "/regions?q=襄樊",
    "several regions found": "/regions?q=鼓楼区",
    "no region found": "/regions?q=没有这个地方",
    "region": "/regions/420000",
    "prefecture": "/regions/420600",
    "deleted article looked for": "/articles/deleted-1?q=科技创新",
    "problem": "/problems/query-too-long",
}


@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
class TestEveryPage:
    def test_has_one_heading_of_the_first_rank_and_the_landmarks(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        assert page.find("h1").text.strip()
        assert page.find("title").text.strip()
        assert page.find("html").attributes["lang"] == "zh-Hans"
        for landmark in ("header", "main", "footer"):
            assert [element for element in page.find("body").children if element_is(element, landmark)]
        assert page.find("a", class_="skip").attributes["href"] == "#main"
        assert len(page.find_all("form", role="search")) == 1

    def test_names_every_field_and_uses_every_id_once(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        labelled = {label.attributes.get("for") for label in page.find_all("label")}
        wrapped = [field for label in page.find_all("label") for field in label.find_all("input")]
        for field in page.find_all("input"):
            assert (
                field.attributes["type"] == "hidden"
                or field.attributes.get("id") in labelled
                or field in wrapped
            )
        for element in page.walk():
            for reference in ("aria-describedby", "aria-labelledby", "list"):
                assert set(element.attributes.get(reference, "").split()) <= set(ids)

    def test_has_no_script_style_or_handler_inside(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        assert not page.find_all("style")
        for script in page.find_all("script"):
            assert script.text == ""
            assert script.attributes["src"].startswith("/static/")
        for element in page.walk():
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]
            assert not element.attributes.get("href", "").lower().startswith(("javascript:", "data:"))

    def test_links_only_to_pages_that_answer(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        ids = {element.attributes["id"] for element in page.walk() if "id" in element.attributes}
        for link in (*page.find_all("a"), *page.find_all("link")):
            href = link.attributes["href"]
            if href.startswith("#"):
                assert href[1:] in ids
            elif href.startswith("https://news.example/"):
                assert set(link.attributes["rel"].split()) >= {"noopener", "nofollow", "noreferrer"}
            else:
                assert href.startswith("/")
                answer = client.get(href)
                assert answer.status_code == 200 or "pag=2" in href or "published_after=20x4" in href

    def test_is_small(self, client: TestClient, path: str) -> None:
        assert len(client.get(path).content) < 40 * 1024


def element_is(element: Element | str, tag: str) -> bool:
    return isinstance(element, Element) and element.tag == tag
