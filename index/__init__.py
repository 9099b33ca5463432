"""The truth and the cache: reads pages, stores articles in SQLite, keeps the full-text index up to date."""
