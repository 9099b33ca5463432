"""The commands of the command line, as plain functions by group."""
