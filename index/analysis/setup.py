"""Builds the analyzer of this version of the program."""

import hashlib

from index.analysis.analyzer import Analyzer
from index.analysis.chinese import JiebaSegmenter
from index.text.folding import Folding

RULES = 2
"""Raised with every change of how pieces and words are made from the same tables."""


def load_analyzer(folding: Folding) -> Analyzer:
    """The analyzer for articles and queries; takes about half a second, so it is built once and handed on."""
    segmenter = JiebaSegmenter.load(folding)
    parts = f"rules-{RULES} folding-{folding.version} {segmenter.version}"
    version = hashlib.sha256(parts.encode("utf-8")).hexdigest()[:16]
    return Analyzer(folding=folding, segmenter=segmenter, version=version)
