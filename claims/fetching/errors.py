"""The one exception of fetching and reading."""

from __future__ import annotations


class Unreadable(Exception):
    """Something could not be fetched or read.

    ``code`` is stable and short ("http-404", "not-utf-8") for rows, filters and clients; ``message`` is one
    sentence for people that names what was wrong, the value and the remedy; ``transient`` says whether the
    same request may well succeed later, so that a worker should try again.
    """

    def __init__(self, code: str, message: str, transient: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.transient = transient

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, bool]]:
        # Exceptions pickle by their args, which hold the message alone.
        return type(self), (self.code, self.message, self.transient)
