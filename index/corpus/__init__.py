"""The truth: articles and their journal in SQLite."""
