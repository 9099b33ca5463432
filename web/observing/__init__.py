"""What operators are told of a running server: lines about requests in the log, and metrics."""
