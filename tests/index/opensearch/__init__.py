"""Tests of the writing half of the engine on OpenSearch."""
