"""How large a request may be, in bytes (limits of the reliability plan)."""

MAX_TARGET = 8 * 1024
"""Of path and query: 512 Han characters percent-encoded are 4.6 kB."""
MAX_BODY = 128 * 1024
"""Of a form: 10,000 code points of text to analyse have up to 120 kB percent-encoded."""
