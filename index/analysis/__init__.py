"""Text to tokens, the same for articles and for queries."""
