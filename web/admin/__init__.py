"""What those who hold the admin token can do over HTTP."""
