"""A data folder opened for a long run: searched, and kept up to date meanwhile."""
