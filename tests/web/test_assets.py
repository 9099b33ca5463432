"""The style sheet keeps to its tokens, and the tokens to the contrast that people need."""

import re
from pathlib import Path

import pytest

import web

STATIC = Path(web.__file__).parent / "static"
TEMPLATES = Path(web.__file__).parent / "templates"
CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "site.css").read_text(encoding="utf-8"), flags=re.DOTALL)
ROOT_BLOCK = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
RULES = ROOT_BLOCK.sub("", CSS)
COLOUR_PROPERTIES = re.compile(r"(?<![\w-])(?:color|background|border-color|accent-color)\s*:\s*([^;]+);")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


LIGHT, DARK = (tokens(block) for block in ROOT_BLOCK.findall(CSS))
THEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK}}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("raw", [r"#[0-9a-fA-F]{3,8}\b", r"\d(?:px|rem|pt)\b", r"\b(?:rgba?|hsla?|oklch)\("])
def test_sizes_and_colours_stand_among_the_tokens_only(raw: str) -> None:
    assert re.findall(raw, RULES) == []


def test_every_colour_is_a_token_or_a_keyword() -> None:
    values = {value.strip() for value in COLOUR_PROPERTIES.findall(RULES)}
    assert {value for value in values if not value.startswith("var(--")} <= {"inherit", "none"}


def test_every_token_is_used_and_every_used_one_exists() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert used == set(LIGHT)
    assert set(DARK) < set(LIGHT)


def test_both_themes_name_the_same_colours() -> None:
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert set(DARK) == colours


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((front, back, 4.5) for front in ("ink", "ink-soft", "link", "link-visited", "fault", "repair")
          for back in ("ground", "surface")),
        ("ink", "notice", 4.5),
        ("mark-ink", "mark", 4.5),
        ("on-seal", "seal", 4.5),
        ("ground", "ink", 4.5),
        *((front, back, 3) for front in ("edge", "focus", "mark-edge", "notice-edge")
          for back in ("ground", "surface")),
    ],
)  # fmt: skip
def test_contrast_is_that_of_wcag_aa(theme: str, front: str, back: str, least: float) -> None:
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= least


def test_classes_of_the_style_sheet_are_those_of_the_templates() -> None:
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\d\.\d", "", RULES)))
    markup = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.iterdir())
    written = {
        name for names in re.findall(r'class="([^"]*)"', markup) for name in re.findall(r"[a-z][\w-]*", names)
    }
    assert styled - written == set()


@pytest.mark.parametrize(
    ("name", "most"), [("site.css", 20 * 1024), ("site.js", 3 * 1024), ("favicon.svg", 1024)]
)
def test_files_are_small(name: str, most: int) -> None:
    assert (STATIC / name).stat().st_size < most


def test_the_script_builds_no_markup_and_asks_nobody() -> None:
    script = (STATIC / "site.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|XMLHttpRequest|https?:", script
    )


def test_templates_leave_escaping_on() -> None:
    for path in TEMPLATES.iterdir():
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8"))
