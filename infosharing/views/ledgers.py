"""The ledgers of information sharing and where they stand."""

#: URL name and word of each page beside the board.
LEDGERS: tuple = ()
