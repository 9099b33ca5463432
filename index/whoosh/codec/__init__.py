"""Our columnar codec: a segment is one file of arrays, and only what is asked for is decoded."""
