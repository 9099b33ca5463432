"""Where an article matches a query, and the slices of it that show why."""
