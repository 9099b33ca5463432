"""The description by which browsers and feed readers offer our search as one of theirs (OpenSearch 1.1)."""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from web.formats.atom import OPENSEARCH
from web.formats.format import Format
from web.formats.suggestion_list import SUGGEST_PATH, SUGGESTIONS
from web.formats.xml_text import add_element, xml_document
from web.http.site_address import SiteAddress
from web.presenters.links import api_search_href
from web.texts.texts import Texts

MEDIA_TYPE: Final = "application/opensearchdescription+xml"
LONGEST_SHORT_NAME: Final = 16
LONGEST_LONG_NAME: Final = 48
"""Characters (OpenSearch 1.1)."""
ICON_SIZE: Final = "16"
"""Pixels of the icon that is asked for; ours is a drawing of any size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The site that is described, in a language. `icon` is the address of a drawing, from its slash on."""

    site: SiteAddress
    name: str
    icon: str
    texts: Texts


def description(described: Described) -> bytes:
    """The description as a document in UTF-8."""
    texts, name = described.texts, described.name
    language = texts.language.value
    root = Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    add_element(root, "ShortName", name if len(name) <= LONGEST_SHORT_NAME else texts.say("opensearch.name"))
    add_element(root, "LongName", name[:LONGEST_LONG_NAME])
    add_element(root, "Description", texts.say("opensearch.description"))
    add_element(root, "Tags", texts.say("opensearch.tags"))
    listed = f"q={{searchTerms}}&page={{startPage?}}&per_page={{count?}}&lang={language}"
    suggested = f"q={{searchTerms}}&lang={language}"
    for media_type, relation, path, query in (
        ("text/html", "results", "/search", listed),
        (Format.ATOM.media_type, "results", api_search_href((), ".atom"), listed),
        (SUGGESTIONS, "suggestions", SUGGEST_PATH, suggested),
        (MEDIA_TYPE, "self", "/opensearch.xml", f"lang={language}"),
    ):
        template = f"{described.site.absolute(path)}?{query}"
        add_element(root, "Url", type=media_type, rel=relation, template=template)
    icon = described.site.absolute(described.icon)
    add_element(root, "Image", icon, height=ICON_SIZE, width=ICON_SIZE, type="image/svg+xml")
    add_element(root, "Query", role="example", searchTerms=texts.say("opensearch.example"))
    add_element(root, "SyndicationRight", "open")
    add_element(root, "AdultContent", "false")
    for tag in dict.fromkeys((language, "zh-Hans", "zh-Hant")):
        add_element(root, "Language", tag)
    add_element(root, "InputEncoding", "UTF-8")
    add_element(root, "OutputEncoding", "UTF-8")
    return xml_document(root)
