"""Edits of the rules that know one right character for each wrong one."""

import re
from collections.abc import Mapping

from index.article import Certainty
from index.text.edits import Edit


def mapping_edits(page: str, wrong: re.Pattern[str], right: Mapping[int, str], rule: str) -> tuple[Edit, ...]:
    """An edit for each run that `wrong` matches, with its characters replaced by those of `right`.

    `right` has every character that `wrong` can match.
    """
    return tuple(
        Edit(match.start(), match[0], match[0].translate(right), rule, Certainty.EXACT)
        for match in wrong.finditer(page)
    )
