"""Measures our engine beside others on the same articles, the same words and the same queries, in one run."""
