"""Tests of the reading half of the engine on OpenSearch."""
