"""What the launcher cannot mend by itself."""


class Trouble(Exception):
    """A sentence for the person at the terminal: what is wrong and what to type."""
