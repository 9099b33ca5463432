"""What was searched for, kept for a time where an operator switches that on."""
