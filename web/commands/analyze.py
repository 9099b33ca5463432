"""`analyze`: how a text is read, on a terminal."""

from search.text_analysis import RepairLog, TextAnalysis, Token, TokenKind
from web.commands.spoken import TEXTS
from web.commands.terminal import print_line
from web.presenters.shown_repairs import rule_name, seen


def show_analysis(analysis: TextAnalysis) -> None:
    """Print the repaired text with its log, where there is one, the folded text, and the words."""
    if analysis.repair is not None:
        _show_repair(analysis.repair)
    print_line(f"folded: {analysis.folded}")
    print_line(f"words: {' '.join(map(_word, analysis.tokens))}")
    print_line(f"characters: {analysis.characters}")


def _show_repair(log: RepairLog) -> None:
    print_line(f"text: {log.text}")
    for repair in log.repairs:
        certainty = TEXTS.say(f"certainty.{repair.certainty.value}")
        change = (
            f"{seen(repair.before)} → {seen(repair.after)}" if repair.after else f"− {seen(repair.before)}"
        )
        print_line(f"  {repair.original_start}: {change}  {rule_name(repair.rule, TEXTS)} ({certainty})")


def _word(token: Token) -> str:
    return f"[{token.text}]" if token.kind is TokenKind.ADDED else token.text
