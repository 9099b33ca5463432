"""Three nodes of a cluster are broken in several ways, as articles come in and searches are asked."""
