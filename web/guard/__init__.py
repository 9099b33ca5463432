"""What stands between sockets and the application: one reading of every request, deadlines, and limits."""
