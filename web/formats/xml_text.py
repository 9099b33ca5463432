"""Text and elements as XML 1.0 can hold them."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

REPLACEMENT = "\ufffd"

_NEW_LINE = re.compile("\r\n?")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, not even escaped (its production 2); and CR, which no parser hands on."""


def xml_text(text: str) -> str:
    """The text, with U+FFFD for each character that XML cannot hold; all line ends are LF."""
    return _NO_XML.sub(REPLACEMENT, _NEW_LINE.sub("\n", text))


def add_element(parent: Element, name: str, text: str | None = None, **attributes: str | None) -> Element:
    """A new element at the end of its parent; attributes that are None are left out."""
    given = {key: xml_text(value) for key, value in attributes.items() if value is not None}
    element = SubElement(parent, name, given)
    if text is not None:
        element.text = xml_text(text)
    return element


def xml_document(root: Element) -> bytes:
    """The document with this root, in UTF-8 and with a declaration that says so."""
    document: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return document
