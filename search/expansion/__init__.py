"""Other ways to write a run of a query: which parts can be read otherwise, and the runs that follow."""
