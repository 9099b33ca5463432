"""A model of how many machines a collection needs, fitted to what `benchmarks.opensearch` measured."""
