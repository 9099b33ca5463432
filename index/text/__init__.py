"""What is done to strings: repair (once, logged) and folding (match-time equality, length-preserving)."""
