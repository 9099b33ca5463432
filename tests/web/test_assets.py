"""The style sheet keeps to its tokens, and the tokens to the contrast that people need."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import web
from web.http.static_files import ROUTE, StaticFiles, squeezed
from web.presenters.timeline_chart import STEPS

STATIC = Path(web.__file__).parent / "static"
TEMPLATES = Path(web.__file__).parent / "templates"
CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "site.css").read_text(encoding="utf-8"), flags=re.DOTALL)
SCRIPT = (STATIC / "site.js").read_text(encoding="utf-8")
ROOT_BLOCK = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
RULES = re.sub(r"@media[^{]*", "", ROOT_BLOCK.sub("", CSS, count=1))
"""All but the tokens. Conditions of media cannot use tokens."""
COLOUR_PROPERTIES = re.compile(r"(?<![\w-])(?:color|background|border-color|accent-color)\s*:\s*([^;]+);")
TOKENS = dict(re.findall(r"--([\w-]+):\s*([^;]+);", ROOT_BLOCK.findall(CSS)[0]))
PAIR = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6})")
COLOURS = {name: pair for name, value in TOKENS.items() if (pair := PAIR.fullmatch(value))}
THEMES = {
    theme: {name: pair[number] or pair[3] for name, pair in COLOURS.items()}
    for number, theme in ((1, "light"), (2, "dark"))
}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "raw",
    [
        r"#[0-9a-fA-F]{3,8}\b",
        r"[^\w.-][\d.]*[1-9]\d*(?:px|r?em|pt|ch|ex|cm|mm|in)\b",
        r"\b(?:rgba?|hsla?|oklch|light-dark|color-mix)\(",
    ],
    ids=["hexadecimal", "length", "function"],
)
def test_sizes_and_colours_stand_among_the_tokens_only(raw: str) -> None:
    assert re.findall(raw, RULES) == []


def test_every_colour_is_a_token_or_a_keyword() -> None:
    values = {value.strip() for value in COLOUR_PROPERTIES.findall(RULES)}
    assert {value for value in values if not value.startswith("var(--")} <= {"inherit", "none", "CanvasText"}


def test_every_token_is_used_and_every_used_one_exists() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    set_by_language = set(re.findall(r"--([\w-]+):", RULES))
    assert used == set(TOKENS) | set_by_language


def test_every_colour_has_a_light_and_a_dark_form() -> None:
    assert len(COLOURS) == len([value for value in TOKENS.values() if "#" in value]) > 15
    assert "color-scheme: light dark;" in ROOT_BLOCK.findall(CSS)[0]
    for theme in ("light", "dark"):
        assert re.search(rf'html\[data-theme="{theme}"\] \{{\s*color-scheme: {theme};', CSS)


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
        ("link", "notice", 4.5),
        *((front, "raised", 4.5) for front in ("ink", "ink-soft", "fault")),
        ("bar", "ground", 3),
        *((front, back, 3) for front in ("edge", "focus", "mark-edge", "notice-edge")
          for back in ("ground", "surface")),
    ],
)  # fmt: skip
def test_contrast_is_that_of_wcag_aa(theme: str, front: str, back: str, least: float) -> None:
    colours = THEMES[theme]
    assert contrast(colours[front], colours[back]) >= least


def test_classes_of_the_style_sheet_are_those_of_the_templates() -> None:
    styled = {
        re.sub(r"\d+$", "", name) for name in re.findall(r"\.([a-z][\w-]*)", re.sub(r"\d\.\d", "", RULES))
    }
    markup = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.iterdir())
    quoted = re.findall(r'"([^"]*)"', markup) + re.findall(r'"([^"]*)"', SCRIPT)
    written = {name for text in quoted for name in re.findall(r"[a-z][\w-]*", text)}
    assert styled - written == set()


def test_bars_have_a_height_for_every_step() -> None:
    heights = re.findall(r"\.step-(\d+) \{ height: (\d+)%; \}", RULES)
    assert [(int(step), int(percent)) for step, percent in heights] == [
        (step, step * 100 // STEPS) for step in range(1, STEPS + 1)
    ]


@pytest.mark.parametrize(
    ("name", "most"), [("site.css", 20 * 1024), ("site.js", 15 * 1024), ("favicon.svg", 1024)]
)
def test_files_are_small_as_they_are_served(name: str, most: int) -> None:
    assert len(served(name)) < most


def served(name: str) -> bytes:
    files = StaticFiles()
    app = Starlette(routes=[Route(ROUTE, files.serve)])
    with TestClient(app) as client:
        return client.get(files.href(name)).content


def test_the_style_sheet_is_served_whole_without_its_comments() -> None:
    css = served("site.css").decode()
    assert "/*" not in css
    assert re.sub(r"\s", "", css) == re.sub(r"\s", "", CSS)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (b"a {\n  color: red;\n}\n", b"a{color: red;}"),
        (b"/* a; b\n{ */ b, c > d { e: f g, h }", b"b,c > d{e: f g,h}"),
        (b'a::after { content: " " attr(href); }', b'a::after{content: " " attr(href);}'),
        (b"a { b: calc(-1 * (c + d)); }", b"a{b: calc(-1 * (c + d));}"),
        (b"", b""),
    ],
)
def test_squeezing_keeps_what_means_something(css: bytes, expected: bytes) -> None:
    assert squeezed(css) == expected


def test_the_script_builds_no_markup_and_asks_only_its_own_server() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|XMLHttpRequest|https?:|\.style\b|import\(",
        SCRIPT,
    )
    assert re.findall(r"fetch\(([^,]+)", SCRIPT) == [
        "`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`",
        "address",
    ]


def test_templates_leave_escaping_on() -> None:
    for path in TEMPLATES.iterdir():
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8"))
