"""What people say about queries in files: synonyms, pinned results."""
