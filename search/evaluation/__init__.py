"""How good the results are: judged queries, measures, comparisons. Nothing that serves imports it."""
