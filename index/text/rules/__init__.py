"""The rules of the repair: each one file, which says what damage it mends and on what evidence."""
