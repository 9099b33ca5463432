"""The reading half of the engine on OpenSearch: plans as requests to a cluster."""
