"""What `scripts/opensearch` does: OpenSearch nodes on this machine. It needs the standard library alone."""
