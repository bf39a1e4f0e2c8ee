"""The one exception of fetching and reading."""

from __future__ import annotations


class Unreadable(Exception):
    """Something could not be fetched or read.

    ``code`` is stable and short ("http-404", "not-utf-8") for rows, filters and clients; ``message`` is one
    sentence for people that names what was wrong, the value and the remedy; ``transient`` says whether the
    same request may well succeed later, so that a worker should try again; ``retry_after`` is how many seconds
    the server asked to be left alone for, if it did.
    """

    def __init__(
        self, code: str, message: str, transient: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.transient = transient
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, bool, float | None]]:
        # Exceptions pickle by their args, which hold the message alone.
        return type(self), (self.code, self.message, self.transient, self.retry_after)
