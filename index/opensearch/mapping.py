"""The fields of an index, and the body it is created with."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from index.article import Part
from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from index.opensearch.published import Published, encode
from index.opensearch.terms import GAP, MAX_TOKEN_UNITS, SCALE

ID: Final = "id"
SEQUENCE: Final = "seq"
"""The journal entry that brought this state of the article."""

CLUSTER: Final = "cluster"
"""The number of the cluster of copies, or NO_CLUSTER and the id where the article is in none: what hits are
grouped by, for articles without a value would be one group."""

NO_CLUSTER: Final = "="

SHARED: Final = "shared"
"""The number of the cluster of copies, only where there is one: what clusters are counted by."""

WORDS: Final = "words"
WORD_COUNT: Final = "word_count"
"""The different words of an article; without any, it has no such field."""

PAIR_FIELDS: Final[Mapping[frozenset[Part], str]] = {
    frozenset(Part): "pairs",
    **{frozenset({part}): f"{part.value}_pairs" for part in Part},
}
"""The weighted fields of pairs of characters, by the parts whose pairs are in them; none crosses a border."""

LENGTH_FIELDS: Final[Mapping[str, str]] = {
    field: f"{field}_length" for field in (WORDS, *PAIR_FIELDS.values())
}
"""By weighted field the field of the length that is in its frequencies: to tell what a score is made of."""

PERIODS: Final = ("year", "month", "day")
"""What the dates of a field are counted by, named as `search.plan.Interval` does."""

PHRASE_ANALYZER: Final = "phrase"
"""Takes what `terms.phrase` gives."""


def character_field(part: Part) -> str:
    """The field of the characters of a part."""
    return f"{part.value}_chars"


def period_field(date_field: str, period: str) -> str:
    """The field of the years, months or days from the first of 1970 to a date, in China's time."""
    return f"{date_field}_{period}"


def index_body(published: Published, shards: int, replicas: int, aliases: Iterable[str]) -> dict[str, Any]:
    """What a generation is created with."""
    return {
        "settings": _settings(published.scoring.k1, shards, replicas),
        "mappings": {"dynamic": "strict", "_meta": encode(published)} | fields(),
        "aliases": {alias: {} for alias in aliases},
    }


def fields() -> dict[str, Any]:
    """The part of the mapping that is the same for all generations of a format."""
    keyword = {"type": "keyword", "norms": False}
    weighted = {
        "type": "text",
        "analyzer": "weighted",
        "index_options": "freqs",
        "norms": False,
        "similarity": "lengths_in_frequencies",
    }
    characters = {
        "type": "text",
        "analyzer": "terms",
        "index_options": "positions",
        "norms": False,
        "similarity": "boolean",
        # One character is asked for by the terms that begin with it.
        "index_prefixes": {"min_chars": 1, "max_chars": 1},
    }
    number = {"type": "long"}
    count = {"type": "integer"}
    shown = {"type": "integer", "index": False}
    pairs = PAIR_FIELDS.values()
    names = (ID, CLUSTER, SHARED, *KEYWORD_FIELDS)
    periods = (period_field(field, period) for field in DATE_FIELDS for period in PERIODS)
    return {
        # What was made of the text serves for searching alone. The other copies of a shard are made from
        # what is left out here too: the cluster keeps it for that as long as it needs to, and a setting that
        # forbids it leaves copies without terms, unseen.
        "_source": {"excludes": [WORDS, *pairs, *map(character_field, Part)]},
        "properties": {
            **dict.fromkeys(names, keyword),
            WORD_COUNT: count,
            **dict.fromkeys(LENGTH_FIELDS.values(), shown),
            **dict.fromkeys((WORDS, *pairs), weighted),
            **dict.fromkeys(map(character_field, Part), characters),
            **dict.fromkeys((SEQUENCE, *DATE_FIELDS, *periods), number),
        },
    }


def _settings(k1: float, shards: int, replicas: int) -> dict[str, Any]:
    tokenizer = {"type": "whitespace", "max_token_length": MAX_TOKEN_UNITS}
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        # A commit refreshes; nothing else makes a change visible.
        "refresh_interval": "-1",
        "translog.durability": "request",
        # So long a deleted article is remembered, so that an older write cannot bring it back.
        "gc_deletes": "1h",
        "similarity": {"lengths_in_frequencies": {"type": "BM25", "k1": k1 * SCALE, "b": 0}},
        "analysis": {
            "tokenizer": {"spaces": tokenizer},
            "filter": {
                "frequencies": {"type": "delimited_term_freq", "delimiter": "|"},
                "gaps": {"type": "stop", "stopwords": [GAP]},
            },
            "analyzer": {
                "terms": {"type": "custom", "tokenizer": "spaces"},
                "weighted": {"type": "custom", "tokenizer": "spaces", "filter": ["frequencies"]},
                PHRASE_ANALYZER: {"type": "custom", "tokenizer": "spaces", "filter": ["gaps"]},
            },
        },
    }
