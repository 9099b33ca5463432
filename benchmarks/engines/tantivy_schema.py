"""The fields of tantivy's index, and a document of ours in them."""

from collections.abc import Iterator
from itertools import chain, repeat
from operator import add
from typing import Any, Final

import tantivy

from index.article import Part
from index.documents import DATE_FIELDS, KEYWORD_FIELDS, IndexDocument

GAP: Final = "\x01"
"""Stands between two parts; there is none in folded text."""

TOKENIZER: Final = "space"


def schema() -> Any:
    """Words with frequencies, pairs of neighbouring characters with positions, characters with neither.

    Fast fields for whatever is counted or sorted by; no stored text. `number` is the article's key.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name=TOKENIZER, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=TOKENIZER, index_option="position")
    builder.add_text_field("characters", tokenizer_name=TOKENIZER, index_option="basic")
    for field in KEYWORD_FIELDS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    for field in DATE_FIELDS:
        builder.add_integer_field(field, fast=True, indexed=True)
    return builder.build()


def register_tokenizer(index: Any) -> None:
    """Tokens come cut, with spaces between: measured three times as fast as an object for each of them."""
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(TOKENIZER, analyzer)


def tantivy_document(number: int, document: IndexDocument) -> Any:
    """The same words, weights and characters, as strings of tokens."""
    made = tantivy.Document()
    made.add_integer("number", number)
    made.add_text("id", document.id)
    made.add_text(
        "words", " ".join(chain.from_iterable(map(repeat, document.words, document.words.values())))
    )
    made.add_text("pairs", " ".join(pairs_of(document)))
    made.add_text("characters", " ".join(set("".join(document.characters.values()))))
    for field, values in document.keywords.items():
        for value in values:
            made.add_text(field, value)
    for field, moment in document.dates.items():
        made.add_integer(field, moment)
    return made


def pairs_of(document: IndexDocument) -> Iterator[str]:
    """A token at each character's position, and one for the gap behind each part."""
    for part in Part:
        text = document.characters[part]
        if text:
            yield " ".join(map(add, text, text[1:]))
            yield text[-1]
        yield GAP
