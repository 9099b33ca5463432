"""The shapes of the answers of the query interface. All spans are [start, length] in code points."""
