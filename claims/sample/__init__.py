"""The sample: short reports by invented outlets; README.md beside this file says what each is there for."""

from __future__ import annotations

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles.jsonl"


def load_sample() -> int:
    """Hand in the sample's reports. Returns how many."""
    from claims.models import Submission
    from claims.services.gathering import gather
    from claims.services.submitting import Incoming, submit

    defaults = Incoming(kind=Submission.Kind.TEXT, channel=Submission.Channel.SAMPLE, label="")
    return sum(
        1 for found in gather(str(ARTICLES), defaults) if isinstance(found, Incoming) and submit(found)
    )
