"""Searches that are run again and again, and how far each has been told: a database beside the articles."""
