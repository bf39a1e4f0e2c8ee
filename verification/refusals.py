"""Why something cannot be done: the message names what is the matter and what would do."""


class NotAllowed(Exception):
    """What was asked for cannot be done; the message names why and what can be done."""


class Stale(NotAllowed):
    """The claim changed since the reviewer saw it."""


class Held(NotAllowed):
    """Another person holds the claim."""


class Incomplete(NotAllowed):
    """A decision lacks what its verdict asks for: ``field`` is ``note`` or ``evidence``."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
