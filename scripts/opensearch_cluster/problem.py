"""What keeps a command from doing its work."""


class Problem(Exception):
    """One line that says what is wrong, and which command mends it where one does."""
