"""axe-core on an open page.

It is handed over through the debugging protocol, which the policy of a page does not reach: so the page is
judged under the policy that its readers get, and nothing has to be switched off.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

LEVELS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""What is asked for: WCAG 2.2, level AA."""
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules that the other colours of the same page may break."""

_SCRIPT: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN: Final = """async ({ within, only }) => {
  const settings = { runOnly: only, resultTypes: ["violations", "incomplete"] };
  const found = await axe.run(within, settings);
  const remarks = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    place: node.target.flat().join(" "),
    markup: node.html,
    says: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
  })));
  return { violations: remarks(found.violations), unsure: remarks(found.incomplete) };
}"""


@dataclass(frozen=True, slots=True)
class Remark:
    """One rule at one place of the page; `markup` is how the element there begins, `says` is axe's reason."""

    rule: str
    place: str
    markup: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.place}: {self.says}\n    {self.markup[:200]}"


@dataclass(frozen=True, slots=True)
class Looked:
    """Remarks of a rule that axe leaves to people, at places that somebody has looked at, and what was seen.

    `markup` and `says` are patterns that are searched for in those of the remark.
    """

    rule: str
    markup: str
    says: str
    seen: str

    def covers(self, remark: Remark) -> bool:
        return (
            remark.rule == self.rule
            and re.search(self.markup, remark.markup) is not None
            and re.search(self.says, remark.says) is not None
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What axe is sure of, and what it leaves to people."""

    violations: tuple[Remark, ...]
    unsure: tuple[Remark, ...]

    def faults(self, looked: Iterable[Looked]) -> list[str]:
        """The violations, and what nobody has looked at, in words."""
        known = tuple(looked)
        unseen = [remark for remark in self.unsure if not any(one.covers(remark) for one in known)]
        return [
            *(f"violation: {remark}" for remark in self.violations),
            *(f"needs review: {remark}" for remark in unseen),
        ]


def prepare(page: Page) -> None:
    """Load axe into a page; once for each document."""
    page.evaluate(_SCRIPT)


def judge(page: Page, within: str = "html") -> Judgement:
    """What all rules of LEVELS say of the part of the page that a selector names."""
    return _judgement(page, within, "tag", LEVELS)


def judge_colours(page: Page, within: str = "html") -> Judgement:
    """What the rules say that depend on colours."""
    return _judgement(page, within, "rule", OF_COLOURS)


def _judgement(page: Page, within: str, kind: str, values: Sequence[str]) -> Judgement:
    only = {"type": kind, "values": list(values)}
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_RUN, {"within": within, "only": only})
    return Judgement(
        tuple(Remark(**remark) for remark in found["violations"]),
        tuple(Remark(**remark) for remark in found["unsure"]),
    )
