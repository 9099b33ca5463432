"""The query interface described for programs: OpenAPI 3.1, of the tables that also read requests."""
