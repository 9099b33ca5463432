"""The faces of the product: command line, web pages and query API. Composes the other two packages."""
