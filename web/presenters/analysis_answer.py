"""The analysis of a text as the API tells it."""

from search.text_analysis import TextAnalysis
from web.api.answers.analysis import AnalysisAnswer, TextRepairAnswer, TokenAnswer
from web.presenters.repair_log import repair_spans


def analysis_answer(analysis: TextAnalysis) -> AnalysisAnswer:
    """The answer of `/api/v1/analyze`."""
    log = analysis.repair
    return AnalysisAnswer(
        folded=analysis.folded,
        tokens=tuple(TokenAnswer(token.text, token.span, token.kind) for token in analysis.tokens),
        characters=analysis.characters,
        repair=None
        if log is None
        else TextRepairAnswer(bool(log.repairs), log.text, repair_spans(log.repairs)),
        dictionary_version=analysis.version,
    )
