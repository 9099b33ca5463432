"""The writing half of the engine on OpenSearch: articles as documents of an index in a cluster."""
