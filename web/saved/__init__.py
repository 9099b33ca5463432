"""Saved searches: what is new for them, as an answer, as a feed, and sent to a webhook."""
