"""Printing: text from outside is made safe for the terminal first."""

import re

import click
import msgspec

MARK = "bold yellow"
"""How what matches is shown, in the words of rich."""

_STEERING = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 (line feeds too), delete and C1: they move the cursor and send commands.
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Direction: they show characters in another order.
    "\u2028\u2029"  # Line and paragraph separators.
    "\ud800-\udfff"  # What a file name has in place of bytes that are no text.
    "]"
)

_IN_LINES = "\t\r\n"


def printable(text: str) -> str:
    r"""The text on one line, each character that would steer the terminal as `\uXXXX`.

    That is how JSON may write them too, so JSON stays the same JSON.
    """
    return _STEERING.sub(_escaped, text)


def print_line(text: str) -> None:
    """One line on standard output."""
    click.echo(printable(text))


def print_error(text: str) -> None:
    """One line on standard error."""
    click.echo(printable(text), err=True)


def print_lines(text: str) -> None:
    """Text that keeps its line ends and tabs, on standard output."""
    click.echo(_STEERING.sub(_escaped_in_lines, text), nl=False)


def print_json(value: object) -> None:
    """One line of JSON on standard output; texts in it must be Unicode without lone surrogates."""
    print_line(msgspec.json.encode(value).decode())


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _escaped_in_lines(match: re.Match[str]) -> str:
    return match[0] if match[0] in _IN_LINES else _escaped(match)
