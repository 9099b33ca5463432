"""What holds for every rule of the repair, whatever page it gets."""

import time
from collections.abc import Iterable

from hypothesis import strategies as st

from index.text.repair import Repairer
from index.text.rules.rule import Rule

HOSTILE_SECONDS = 60
"""For all hostile pages of a rule, some 200,000 characters each, also where coverage is measured (else 2 s);
a rule that is not linear takes many minutes."""


def pages(pieces: Iterable[str]) -> st.SearchStrategy[str]:
    """Pages put together from these pieces and any other text."""
    return st.lists(st.one_of(st.sampled_from(sorted(pieces)), st.text(max_size=2)), max_size=24).map("".join)


def repaired(rule: Rule, page: str) -> str:
    """What the rule alone makes of the page, after checking its laws.

    The original can be had back, the log says what stands where, and nothing is left to be found.
    """
    repairer = Repairer((rule,))
    outcome = repairer.repair(page)
    assert outcome.original() == page
    for change in outcome.changes:
        assert page[change.edit.start : change.edit.end] == change.edit.before != change.edit.after
        assert outcome.text[change.start : change.end] == change.edit.after
    assert repairer.repair(outcome.text).text is outcome.text
    return outcome.text


def assert_clean(rule: Rule, page: str) -> None:
    """The page comes back as the same object."""
    assert Repairer((rule,)).repair(page).text is page


def assert_linear(rule: Rule, hostile: Iterable[str]) -> None:
    started = time.process_time()
    for page in hostile:
        repaired(rule, page)
    assert time.process_time() - started < HOSTILE_SECONDS
