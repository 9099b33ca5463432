"""The truth: articles and their journal in SQLite. The only package that imports sqlite3."""
