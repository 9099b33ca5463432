"""The SQL that names the columns of an article. The names of parameters are those of the columns."""

from itertools import permutations

from index.article import COSMETIC_RULES

_DESCRIBED = (
    *("published", "published_utc", "script", "region_hint", "url", "source", "origin", "category", "tags"),
    *("title", "lead", "body", "notice", "related"),
    *("document_number", "agency", "level", "document_type", "signed", "effective", "regions", "topics"),
)
"""The columns that follow from the content of an article."""

_PUT = ("sequence", "digest", "original_digest", *_DESCRIBED)
"""The columns that a new state of an article replaces."""

# Only names of columns from above are put in.
ARTICLE_BY_ID = f"SELECT key, id, digest, original_digest, {', '.join(_DESCRIBED)} FROM article WHERE id = ?"  # noqa: S608 - names of columns, all of them above

DIGEST_BY_ID = "SELECT digest FROM article WHERE id = ?"

COSMETIC = tuple(
    "+".join(rules)
    for count in range(1, len(COSMETIC_RULES) + 1)
    for rules in permutations(sorted(COSMETIC_RULES), count)
)
"""Every name that a repair of cosmetic rules alone can have."""

REPAIRS_BY_KEY = """
    SELECT part, start, length, original_start, original_length, before, after, rule, certainty
    FROM repair WHERE key = ? ORDER BY ord
"""

ORIGINAL_BY_ID = """
    SELECT article.id, article.original_digest, original.data, original.media_type, original.encoding
    FROM article LEFT JOIN original USING (key) WHERE article.id = ?
"""

# Only names of columns from above are put in.
PUT_ARTICLE = f"""
    INSERT INTO article (id, added, {", ".join(_PUT)})
    VALUES (:id, :added, {", ".join(f":{name}" for name in _PUT)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _PUT)}
    RETURNING key
"""  # noqa: S608 - names of columns, all of them above
"""A new article or a new state of one; the key and the time at which it was added stay."""

PUT_ORIGINAL = """
    INSERT INTO original (key, data, media_type, encoding) VALUES (:key, :data, :media_type, :encoding)
    ON CONFLICT (key) DO UPDATE SET
        data = excluded.data, media_type = excluded.media_type, encoding = excluded.encoding
"""

PUT_REPAIR = """
    INSERT INTO repair (key, ord, part, start, length, original_start, original_length, before, after, rule,
        certainty)
    VALUES (:key, :ord, :part, :start, :length, :original_start, :original_length, :before, :after, :rule,
        :certainty)
"""

# Only question marks are put in.
COUNT_REPAIRED = f"""
    SELECT count(DISTINCT key) AS repaired FROM repair
    WHERE part IS NOT NULL AND rule NOT IN ({", ".join("?" * len(COSMETIC))})
"""  # noqa: S608 - names of columns, all of them above
"""How many articles were damaged in a part that is searched; takes COSMETIC."""

PUT_JOURNAL = (
    "INSERT INTO journal (id, action, digest, at) VALUES (:id, :action, :digest, :at) RETURNING sequence"
)
