"""The SQL that names the columns of an article. The names of parameters are those of the columns."""

ARTICLE_BY_ID = """
    SELECT key, id, digest, original_digest, published, published_utc, script, region_hint, url, source,
        origin, category, tags, title, lead, body, notice, related
    FROM article WHERE id = ?
"""

REPAIRS_BY_KEY = """
    SELECT part, start, length, original_start, original_length, before, after, rule
    FROM repair WHERE key = ? ORDER BY ord
"""

ORIGINAL_BY_ID = """
    SELECT article.id, article.original_digest, original.data, original.media_type, original.encoding
    FROM article LEFT JOIN original USING (key) WHERE article.id = ?
"""

PUT_ARTICLE = """
    INSERT INTO article (id, sequence, added, digest, original_digest, published, published_utc, script,
        region_hint, url, source, origin, category, tags, title, lead, body, notice, related)
    VALUES (:id, :sequence, :added, :digest, :original_digest, :published, :published_utc, :script,
        :region_hint, :url, :source, :origin, :category, :tags, :title, :lead, :body, :notice, :related)
    ON CONFLICT (id) DO UPDATE SET
        sequence = excluded.sequence, digest = excluded.digest, original_digest = excluded.original_digest,
        published = excluded.published, published_utc = excluded.published_utc, script = excluded.script,
        region_hint = excluded.region_hint, url = excluded.url, source = excluded.source,
        origin = excluded.origin, category = excluded.category, tags = excluded.tags, title = excluded.title,
        lead = excluded.lead, body = excluded.body, notice = excluded.notice, related = excluded.related
    RETURNING key
"""
"""A new article or a new state of one; the key and the time at which it was added stay."""

PUT_ORIGINAL = """
    INSERT INTO original (key, data, media_type, encoding) VALUES (:key, :data, :media_type, :encoding)
    ON CONFLICT (key) DO UPDATE SET
        data = excluded.data, media_type = excluded.media_type, encoding = excluded.encoding
"""

PUT_REPAIR = """
    INSERT INTO repair (key, ord, part, start, length, original_start, original_length, before, after, rule)
    VALUES (:key, :ord, :part, :start, :length, :original_start, :original_length, :before, :after, :rule)
"""

PUT_JOURNAL = (
    "INSERT INTO journal (id, action, digest, at) VALUES (:id, :action, :digest, :at) RETURNING sequence"
)
