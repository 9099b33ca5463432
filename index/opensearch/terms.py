"""All terms of an index, for articles and for queries alike: the cluster gets finished ones and cuts no text.

A field's text is its terms with spaces between them, which the cluster takes apart at white space. So
every code point goes in as itself or, where it would end a term, as `%HEX;`: no two texts have one term.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Final

SCALE: Final = 1 << 14
"""The frequency of a term that stands once in an article of average length.

Frequencies are whole numbers, so the length that is in them (see `weighted`) is rounded. A sixteenth of this
gives single words of long articles errors of 0.5 %.
"""

MAX_FREQUENCIES: Final = (1 << 31) - (1 << 21)
"""What the frequencies of one field of an article may add up to (Lucene: below 2^31), with room for those
that were rounded up."""

MAX_UNITS: Final = 2_000
"""UTF-16 units of the longest term that is a whole word."""

KEPT_UNITS: Final = 1_100
"""UTF-16 units of a longer word that its term begins with, before the digest that tells it from others: more
than the longest query has (512 code points)."""

DIGEST: Final = "%#"
"""Stands before a digest; no escape begins like this."""

MAX_KEY_BYTES: Final = 512
"""UTF-8 bytes of the longest `_id` that the cluster takes."""

MAX_TOKEN_UNITS: Final = 4_096
"""UTF-16 units at which the cluster would cut a term: above any of ours, its frequency too."""

SENTINEL: Final = "%|1"
"""The first entry of each weighted field, so that all articles have one: Lucene's number of documents, which
the rarity of a term is measured by, leaves those out that have no term. No word has the term `%`."""

START: Final = "\x02"
END: Final = "\x03"
"""The borders of a part, before its first character and behind its last."""

GAP: Final = "_"
"""A place of a phrase where any term may stand. No term of a character field is a single character."""

_UNSAFE: Final = re.compile(r"[\s\x00-\x1f\x85%|\ud800-\udfff]")
"""White space, controls and lone surrogates (which no UTF-8 has), and the two marks that have a meaning. No
white space lies behind U+3000."""

_ESCAPES: Final[Mapping[str, str]] = {
    char: f"%{ord(char):X};"
    for char in map(chr, (*range(0x3001), *range(0xD800, 0xE000)))
    if _UNSAFE.match(char)
}
_TABLE: Final = str.maketrans(dict(_ESCAPES))


def escaped(text: str) -> str:
    """The text as (part of) a term. What it begins with, its term begins with, and no other's does."""
    return text.translate(_TABLE)


def word_term(word: str) -> str:
    """The term of a word. One of more than MAX_UNITS is cut, and a digest of all of it follows."""
    term = escaped(word)
    if _units(term) <= MAX_UNITS:
        return term
    return f"{_cut(term, KEPT_UNITS)}{DIGEST}{sha256(word.encode('utf-8', 'surrogatepass')).hexdigest()}"


def prefix_term(text: str) -> str:
    """What the terms of those words begin with that begin with this text.

    Raises ValueError above KEPT_UNITS, where a cut word might be missed.
    """
    term = escaped(text)
    if _units(term) > KEPT_UNITS:
        raise ValueError(f"the beginning of a word has at most {KEPT_UNITS} UTF-16 units")
    return term


def pair_term(pair: str) -> str:
    """The term of two neighbouring characters."""
    return escaped(pair)


def document_key(article_id: str) -> str:
    """What the cluster knows an article by: its id, or a digest of one that it would refuse."""
    if 0 < len(article_id.encode()) <= MAX_KEY_BYTES and not article_id.startswith(DIGEST):
        return article_id
    return f"{DIGEST}{sha256(article_id.encode()).hexdigest()}"


def frequencies(terms: Mapping[str, int], relative_length: float, b: float) -> Mapping[str, int]:
    """The frequencies of terms with the length of their article in them, as whole numbers from 1.

    `relative_length` is its length over the average. BM25 (Robertson and Zaragoza, 2009) divides each
    frequency by 1 - b + b * relative_length and goes on without the length: with k1 * SCALE and b = 0 the
    cluster computes just that, where it would keep a length in one byte. Where SCALE is too much for Lucene
    (b near 0, and an article of 130,000 words) all of them are made smaller, and so is its score.
    """
    factor = SCALE / (1 - b + b * relative_length)
    total = sum(terms.values())
    if total * factor > MAX_FREQUENCIES:
        factor = MAX_FREQUENCIES / total
    return {term: max(1, round(count * factor)) for term, count in terms.items()}


def weighted(terms: Mapping[str, int]) -> str:
    """The text of a weighted field: each term with its frequency, behind the sentinel."""
    return " ".join((SENTINEL, *(f"{term}|{frequency}" for term, frequency in terms.items())))


def pair_counts(text: str) -> Counter[str]:
    """How often each pair of neighbours stands in a text, by its term."""
    escapes = _ESCAPES.get
    counted = Counter(pairwise(text))
    return Counter(
        {escapes(first, first) + escapes(second, second): count for (first, second), count in counted.items()}
    )


def codes(text: str) -> tuple[str, ...]:
    """Each character as it stands in the terms of a character field."""
    return tuple(_ESCAPES.get(char, char) for char in text)


def characters(text: str) -> str:
    """The text of a character field: each character with its successor, and the borders at both ends.

    The term at position p begins with the character at p - 1 of the text, that at 0 with the border. So at
    p + 1 stands a term that begins with the second character of the term at p, but at the very end.
    """
    return " ".join(map("".join, pairwise((START, *codes(text), END)))) if text else ""


def phrase(run: Sequence[str]) -> str:
    """The fewest pairs that fix a run of two or more `codes`, or of those and borders: what is asked of a
    character field. Every second pair says all, and the last; where one is left out stands GAP."""
    if len(run) < 2:
        raise ValueError("a run has two codes or more")
    last = len(run) - 2
    pairs = map("".join, pairwise(run))
    return " ".join(pair if at % 2 == 0 or at == last else GAP for at, pair in enumerate(pairs))


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _cut(term: str, units: int) -> str:
    """The beginning of a term, in whole characters, of at most so many UTF-16 units."""
    kept = 0
    for at, char in enumerate(term):
        kept += 2 if char > "\uffff" else 1
        if kept > units:
            return term[:at]
    return term
