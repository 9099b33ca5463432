"""The description for browsers, by the text of OpenSearch 1.1 (draft 6), and the suggestions for them."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pytest
from lxml import etree

from search.suggestions.suggestion import Matched, Suggestion, SuggestionKind
from web.formats.atom import OPENSEARCH
from web.formats.opensearch import Described, description
from web.formats.suggestion_list import suggestion_list
from web.http.site_address import SiteAddress
from web.texts.text import Language
from web.texts.texts import Texts

SITE = SiteAddress("https://site.example")

ONCE: Final = {
    "ShortName": 16,
    "LongName": 48,
    "Description": 1024,
    "Tags": 256,
    "Developer": 64,
    "Attribution": 256,
    **dict.fromkeys(("SyndicationRight", "AdultContent", "Contact")),
}
"""Elements that stand there once at most, with the most characters that they may hold."""
NEEDED: Final = {"ShortName", "Description", "Url"}
MANY: Final = {"Url", "Image", "Query", "Language", "InputEncoding", "OutputEncoding"}
ATTRIBUTES: Final = {
    "Url": {"template", "type", "rel", "indexOffset", "pageOffset"},
    "Image": {"height", "width", "type"},
    "Query": {"role", "title", "totalResults", "searchTerms", "count", "startIndex", "startPage", "language"}
    | {"inputEncoding", "outputEncoding"},
}
PARAMETERS: Final = {"searchTerms", "count", "startIndex", "startPage", "language", "inputEncoding"}
RELATIONS: Final = {"results", "suggestions", "self", "collection"}


def described(language: Language = Language.HANS, name: str = "地方政策新闻搜索") -> etree._Element:
    site = Described(site=SITE, name=name, icon="/static/1/favicon.svg", texts=Texts(language))
    return etree.fromstring(description(site))


def breaches(root: etree._Element) -> Iterator[str]:
    """What the text of OpenSearch 1.1 does not allow."""
    if root.tag != f"{{{OPENSEARCH}}}OpenSearchDescription":
        yield f"the root is {root.tag}"
    names = [etree.QName(element).localname for element in root]
    yield from (f"no {name}" for name in NEEDED if name not in names)
    for element, name in zip(root, names, strict=True):
        if name not in ONCE and name not in MANY:
            yield f"unknown element {name}"
        if name in ONCE and names.count(name) > 1:
            yield f"{name} more than once"
        if (most := ONCE.get(name)) is not None and len(element.text or "") > most:
            yield f"{name} is longer than {most}"
        if not set(element.attrib) <= ATTRIBUTES.get(name, set()):
            yield f"{name} has {sorted(element.attrib)}"
    for element in root.findall("{*}SyndicationRight"):
        if element.text not in {"open", "limited", "private", "closed"}:
            yield f"SyndicationRight is {element.text}"
    yield from url_breaches(root)


def url_breaches(root: etree._Element) -> Iterator[str]:
    """The same of the ways to ask."""
    for url in root.findall("{*}Url"):
        if url.get("template") is None or url.get("type") is None:
            yield "a Url without template or type"
        if url.get("rel", "results") not in RELATIONS:
            yield f"unknown relation {url.get('rel')}"
        asked = {part.partition("}")[0].rstrip("?") for part in url.get("template", "").split("{")[1:]}
        if not asked <= PARAMETERS:
            yield f"unknown parameters {asked - PARAMETERS}"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["地方政策新闻搜索", "长" * 17, "长" * 60])
def test_the_text_of_opensearch_allows_it(language: Language, name: str) -> None:
    assert list(breaches(described(language, name))) == []


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [("{*}Url", "template", "/search?q={words}"), ("{*}Url", "rel", "alternate"), ("{*}Image", "alt", "x")],
)
def test_a_breach_is_found(path: str, attribute: str, value: str) -> None:
    root = described()
    root.find(path).set(attribute, value)
    assert list(breaches(root))


def test_a_missing_element_and_one_too_long_are_found() -> None:
    root = described()
    root.remove(root.find("{*}ShortName"))
    root.find("{*}LongName").text = "长" * 49
    assert list(breaches(root)) == ["no ShortName", "LongName is longer than 48"]


@pytest.mark.parametrize("language", Language)
def test_each_way_to_ask_is_there_in_the_language(language: Language) -> None:
    tag = language.value
    urls = {
        (url.get("rel"), url.get("type")): url.get("template") for url in described(language).iter("{*}Url")
    }
    listed = f"q={{searchTerms}}&page={{startPage?}}&per_page={{count?}}&lang={tag}"
    assert urls == {
        ("results", "text/html"): f"https://site.example/search?{listed}",
        ("results", "application/atom+xml"): f"https://site.example/api/v1/search.atom?{listed}",
        ("suggestions", "application/x-suggestions+json"): (
            f"https://site.example/api/v1/suggest.opensearch?q={{searchTerms}}&lang={tag}"
        ),
        ("self", "application/opensearchdescription+xml"): f"https://site.example/opensearch.xml?lang={tag}",
    }


def test_a_text_of_several_kinds_is_suggested_once() -> None:
    def suggestion(text: str, kind: SuggestionKind, count: int) -> Suggestion:
        return Suggestion(
            text=text, kind=kind, value=text, count=count, matched=Matched.PINYIN, highlights=((0, 1),)
        )

    found = [
        suggestion("浙江省", SuggestionKind.REGION, 9),
        suggestion("浙江日报", SuggestionKind.SOURCE, 1),
        suggestion("浙江省", SuggestionKind.TITLE, 1),
    ]
    assert suggestion_list("zhej", found, SITE, Texts(Language.EN)) == (
        "zhej",
        ("浙江省", "浙江日报"),
        ["9 articles", "one article"],
        [f"https://site.example/search?q={quote(text)}" for text in ("浙江省", "浙江日报")],
    )
