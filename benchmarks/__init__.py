"""Commands that measure this program on data that is not part of it."""
