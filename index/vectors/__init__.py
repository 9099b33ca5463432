"""Vectors of what articles mean, beside the index: made of passages, in one file that follows the journal."""
