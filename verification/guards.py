"""Database triggers of this app; see :mod:`claims.triggers`."""

from claims.triggers import append_only

TRIGGERS = (
    *append_only("verification_event"),
    *append_only("verification_verdict"),
    *append_only("verification_withdrawal"),
    *append_only("verification_judgement"),
)
