"""Whoosh as it comes, with its own fields, writer, codec and matchers, as one more judge of plans."""
