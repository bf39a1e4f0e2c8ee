"""Database triggers of this app; see :mod:`claims.triggers`."""

from claims.triggers import Trigger, append_only

_EVENT = ("id", "claim_id", "kind", "actor_id", "before", "after", "reason", "evidence", "created_at")
_CHANGED = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in _EVENT)

TRIGGERS = (
    Trigger(
        "verification_event",
        "UPDATE",
        "append_only",
        f"OLD.position IS NOT NULL OR {_CHANGED}",
        "verification_event is append-only, but for a position that it did not have",
    ),
    *append_only("verification_event", "DELETE"),
    *append_only("verification_verdict"),
    *append_only("verification_withdrawal"),
    *append_only("verification_judgement"),
)
