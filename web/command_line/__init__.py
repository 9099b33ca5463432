"""The arguments of each command: they are read here, and what the command does is in `web.commands`."""
