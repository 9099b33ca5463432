"""What a search is answered as besides pages: JSON, CSV, NDJSON, Atom, and the description for browsers."""
