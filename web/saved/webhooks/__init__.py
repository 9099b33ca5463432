"""Sends what is new to addresses of others, and to no address that could be one of ours."""
