"""Turns a query into a plan, runs it on an engine, and shapes the answer with snippets and highlights."""
