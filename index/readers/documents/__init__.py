"""Web pages, PDF and Word files to lines of text."""
