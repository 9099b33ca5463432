"""The site under load, beside a peer and beside the engine alone."""
