"""Coverage-guided fuzzing of what reads strange bytes; README.md says how to run it."""
