"""From the tree of a query to what an engine is asked for: in full, in part, pinned articles first."""
