"""How large a request may be, in bytes (limits of the reliability plan)."""

MAX_TARGET = 8 * 1024
"""Of path and query: 512 Han characters percent-encoded are 4.6 kB."""
MAX_BODY = 64 * 1024
