"""Reads a file of synonyms, and says what is wrong with one."""

from collections.abc import Sequence
from typing import Final

from index.text.characters import compact
from index.text.folding import Folding
from search.rules.rule_lines import Faults, RuleLine, rule_lines
from search.synonyms.rules import Group, OneWay, SetAside, SynonymFile, SynonymRule, SynonymsInvalid

MAX_RULES: Final = 20_000
MAX_FORMS: Final = 16
"""Forms of one rule; a run has fewer alternatives than that."""
MAX_FORM: Final = 64
"""Code points of a form; longer ones are sentences."""


def read_synonyms(data: bytes, name: str, folding: Folding) -> SynonymFile:
    """The rules of the file of this name, in UTF-8, as `search.rules.rule_lines` reads lines.

    A line with one form alone sets it aside. Raises SynonymsInvalid with the faults of all lines.
    """
    faults = Faults(name)
    reader = _Reader(folding)
    for line in rule_lines(data, faults):
        try:
            reader.add(line)
        except ValueError as error:
            faults.add(line.number, error)
        if len(reader.rules) > MAX_RULES:
            faults.add(line.number, f"a file has at most {MAX_RULES:,} rules")
            break
    if faults:
        raise SynonymsInvalid(str(faults), faults.lines)
    return SynonymFile(name, tuple(reader.rules))


class _Reader:
    """Takes line by line, and remembers where forms stand in a group and where before an arrow."""

    def __init__(self, folding: Folding) -> None:
        self._folding = folding
        self._grouped: dict[str, int] = {}
        self._led_on: dict[str, int] = {}
        self.rules: list[SynonymRule] = []

    def add(self, line: RuleLine) -> None:
        """Raises ValueError for a rule that cannot be used."""
        left = self._keys(line.left)
        if line.right is None:
            self._claim(left, line, self._grouped)
            self.rules.append(
                Group(line.number, line.left) if len(left) > 1 else SetAside(line.number, line.left[0])
            )
            return
        right = self._keys(line.right)
        targets = tuple(form for key, form in zip(right, line.right, strict=True) if key not in left)
        if not targets:
            raise ValueError("what stands behind the arrow stands before it too; write a form that differs")
        self._claim(left, line, self._led_on)
        self.rules.append(OneWay(line.number, line.left, targets))

    def _claim(self, keys: Sequence[str], line: RuleLine, taken: dict[str, int]) -> None:
        for key, form in zip(keys, line.left, strict=True):
            if key in taken:
                raise ValueError(f"{form} stands in line {taken[key]} too; make the two lines one")
        taken.update(dict.fromkeys(keys, line.number))

    def _keys(self, forms: Sequence[str]) -> tuple[str, ...]:
        if len(forms) > MAX_FORMS:
            raise ValueError(f"there are {len(forms)} forms; a rule has at most {MAX_FORMS} on a side")
        keys: dict[str, str] = {}
        for form in forms:
            key = compact(self._folding.fold(form))
            if key in keys:
                raise ValueError(f"{keys[key]} and {form} are the same to a search; keep one of them")
            _check(form, key)
            keys[key] = form
        return tuple(keys)


def _check(form: str, key: str) -> None:
    if not form.isprintable():
        raise ValueError(f"{form!r} has a character that nobody sees; type it anew")
    if len(key) > MAX_FORM:
        raise ValueError(f"{form} has {len(key)} characters; a form has at most {MAX_FORM}")
    if not any(char.isalnum() for char in key):
        raise ValueError(f"{form} has no letter, digit or Chinese character")
