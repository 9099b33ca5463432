"""Turns what the search service returns into JSON answers and page models; no HTTP in it."""
