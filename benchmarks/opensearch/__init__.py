"""Both engines on the same articles: writing, bytes, and queries through HTTP."""
