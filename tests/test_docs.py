"""The documents agree with the tree: decisions are numbered, links lead somewhere, commands come first."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = ROOT / "docs" / "adr"
MADE = {"build", "dist", "htmlcov", "policy-data"}
SECTIONS = ["## Context", "## Decision", "## Consequences"]
FENCE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")


def documents() -> list[Path]:
    """All Markdown files of the checkout, without those in folders that tools make."""
    folders = [
        path
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in MADE
    ]
    return sorted([*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))])


def anchors(text: str) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", FENCE.sub("", text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path, text: str) -> list[str]:
    """The relative links of a page that lead to no file, or to no heading of the page that they name."""
    broken = []
    for link in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        file = page if not target else (page.parent / target).resolve()
        is_page = file.suffix == ".md" and file.is_file()
        if not file.exists() or (
            anchor and is_page and anchor not in anchors(file.read_text(encoding="utf-8"))
        ):
            broken.append(link)
    return broken


def shell_commands(text: str) -> list[str]:
    """The lines of a page's fenced blocks that call something of `scripts/`, in order."""
    blocks = FENCE.findall(text)
    return [line for block in blocks for line in block.splitlines() if line.startswith("scripts/")]


def decision_pages() -> list[Path]:
    return sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")


class TestDecisions:
    def test_numbers_follow_each_other_from_1(self) -> None:
        names = [path.name for path in decision_pages()]
        assert names
        assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]

    @pytest.mark.parametrize("page", decision_pages(), ids=lambda page: page.stem)
    def test_a_page_has_its_number_and_the_three_sections(self, page: Path) -> None:
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {page.name[:4]} ")
        assert [line for line in lines if line.startswith("## ")] == SECTIONS

    def test_the_list_holds_every_page_under_its_title_and_in_order(self) -> None:
        listed = re.findall(
            r"^- \[(.+)\]\((.+)\)$", (DECISIONS / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        titles = [
            path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in decision_pages()
        ]
        assert listed == [(title, path.name) for title, path in zip(titles, decision_pages(), strict=True)]


class TestLinks:
    @pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
    def test_every_relative_link_leads_somewhere(self, page: Path) -> None:
        assert broken_links(page, page.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        ("text", "broken"),
        [
            ("[a](other.md)", []),
            ("[a](other.md#a-heading-of-1)", []),
            ("[a](#here)\n# Here", []),
            ("[a](https://example.org/x)", []),
            ("![a](picture.png)", ["picture.png"]),
            ("[a](none.md)", ["none.md"]),
            ("[a](other.md#none)", ["other.md#none"]),
            ("[a](#here)\n```\n# Here\n```", ["#here"]),
            ("```\n[a](none.md)\n```", []),
        ],
        ids=[
            "file",
            "heading",
            "own-heading",
            "web",
            "picture",
            "no-file",
            "no-heading",
            "no-own-heading",
            "code",
        ],
    )
    def test_a_broken_link_is_found(self, tmp_path: Path, text: str, broken: list[str]) -> None:
        (tmp_path / "other.md").write_text("## A heading, of 1!\n", encoding="utf-8")
        page = tmp_path / "page.md"
        page.write_text(text, encoding="utf-8")
        assert broken_links(page, text) == broken


class TestReadme:
    def test_it_begins_with_the_two_commands(self) -> None:
        first, second = shell_commands((ROOT / "README.md").read_text(encoding="utf-8"))[:2]
        assert first.split()[0] == "scripts/demo"
        assert second.split()[0] == "scripts/test"

    def test_the_two_commands_stand_before_any_other(self) -> None:
        first_block = FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))[0]
        assert shell_commands(first_block)

    def test_it_says_where_to_read_on(self) -> None:
        links = LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
        assert {"CONTRIBUTING.md", "docs/architecture.md"} <= {link.partition("#")[0] for link in links}
