"""Regions: the tree of administrative units, their names, and which of them an article belongs to."""
