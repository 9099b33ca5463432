"""Builds the analyzer of this version of the program."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from index.analysis.added_words import AddedWords
from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.analysis.lexicon import Lexicon
from index.analysis.mixed_words import MixedWords
from index.analysis.segmenter import Segmenter
from index.analysis.user_words import UserWords
from index.text.dictionary import Dictionary
from index.text.folding import Folding

RULES: Final = 3
"""Raised with every change of how pieces and words are made from the same tables."""


def load_analyzer(folding: Folding, added: UserWords) -> Analyzer:
    """The analyzer for articles and queries; takes about a second, so it is built once and handed on.

    Which library cuts makes no difference to the words, and none to the version.
    """
    return analyzer_of(folding, Dictionary.load(folding), added, _fastest)


def analyzer_of(
    folding: Folding, shipped: Dictionary, added: UserWords, cut_by: Callable[[Dictionary], Segmenter]
) -> Analyzer:
    """The analyzer with this dictionary and the words that were added to it. Raises UserWordsInvalid."""
    dictionary = shipped
    words = AddedWords.of(added, folding)
    weights: Mapping[str, int] = {}
    if words.weights:
        weights = words.frequencies(shipped)
        dictionary = shipped.with_words(weights)
    return Analyzer(
        folding=folding,
        segmenter=cut_by(dictionary),
        version=_version(folding, dictionary, added),
        mixed_words=MixedWords.of(words.mixed),
        added=added,
        lexicon=Lexicon(
            base=_version(folding, shipped, UserWords()),
            weights={
                word: weight for word, weight in weights.items() if weight != shipped.frequencies.get(word)
            },
            mixed=words.mixed,
        ),
    )


def _version(folding: Folding, dictionary: Dictionary, added: UserWords) -> str:
    parts = f"rules-{RULES} folding-{folding.version} {dictionary.digest} {added.digest}"
    return hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16]


def loader_of(analyzer: Analyzer) -> Callable[[], Analyzer]:
    """Makes an equal analyzer in another process, where this one cannot be sent."""
    return partial(load_analyzer, analyzer.folding, analyzer.added)


def _fastest(dictionary: Dictionary) -> Segmenter:
    if find_spec("rjieba") is None:
        return JiebaSegmenter(dictionary)
    # Not at the top: where the extra is not installed the module cannot be imported.
    segmenter: Segmenter = import_module("index.analysis.rapid").RapidSegmenter(dictionary)
    return segmenter
