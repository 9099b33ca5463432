"""Suggestions: what a person may be typing, what they meant, and what helps where nothing is found."""
