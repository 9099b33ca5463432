"""The analysis of a text as the API's JSON."""

from search.text_analysis import RepairLog, TextAnalysis
from web.presenters.repair_log import repair_spans


def analysis_answer(analysis: TextAnalysis) -> dict[str, object]:
    """The answer of `/api/v1/analyze`. All spans are [start, length] in code points."""
    return {
        "folded": analysis.folded,
        "tokens": [
            {"text": token.text, "span": token.span, "kind": token.kind.value} for token in analysis.tokens
        ],
        "characters": analysis.characters,
        "repair": None if analysis.repair is None else _repair(analysis.repair),
        "dictionary_version": analysis.version,
    }


def _repair(log: RepairLog) -> dict[str, object]:
    return {"changed": bool(log.repairs), "text": log.text, "spans": repair_spans(log.repairs)}
