"""Synonyms: files of them, and the parts of a run that they know."""
