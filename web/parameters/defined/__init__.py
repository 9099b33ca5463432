"""What each parameter is, by what it is about; `web.parameters.table` says which endpoint takes which."""
