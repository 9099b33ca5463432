"""The parameters of the query interface: what they are, and how a request is read."""
