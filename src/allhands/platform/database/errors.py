"""What can go wrong with the machine's database, said for an operator."""

from __future__ import annotations


class ServerError(RuntimeError):
    """The database server cannot be used as asked. The message says the next step."""
