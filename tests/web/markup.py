"""Reads a page into a tree small enough to ask about in tests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass(slots=True)
class Element:
    """An element with its attributes and, in order, its children: elements and texts."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find_all(self, tag: str, **attributes: str) -> list["Element"]:
        """The elements with this tag whose attributes have these values (`class_` may be one of several)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if element.tag == tag and all(element.has(name, value) for name, value in wanted.items())
        ]

    def find(self, tag: str, **attributes: str) -> "Element":
        """The one element that fits; an AssertionError if there is none, or several."""
        found = self.find_all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> with {attributes}"
        return found[0]

    def has(self, name: str, value: str) -> bool:
        actual = self.attributes.get(name, "")
        return value in actual.split() if name == "class" else actual == value

    def links(self) -> dict[str, str]:
        """Address by text of each link."""
        return {link.text.strip(): link.attributes["href"] for link in self.find_all("a")}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("#document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs), f"<{tag}> has an attribute twice"
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_page(html: str) -> Element:
    """The tree of a page; an AssertionError if its elements are not well nested."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == [builder.root], f"<{builder.open[-1].tag}> is not closed"
    return builder.root
