"""Background work: steps on rows, each done under a lease.

The database is the record and the broker a doorbell. A *step* (:class:`claims.models.Step`) is one kind of
work on one submission, revision, part of a job, feed or article. :func:`enqueue` records it and rings;
:func:`run` leases, computes and stores it, with others that wait and then with what follows where it can;
:func:`sweep` rings again for what was lost. Each kind is registered with what follows it:

    poll (feed)         hands in what a feed lists, each as a submission
    fetch (submission)  -> extract (revision) -> whatever other apps register after "extract"
    recheck (article)   -> the same, where its text has changed
"""

from claims.pipeline import stopping
from claims.pipeline.doorbell import in_process
from claims.pipeline.kinds import Done, Later, StepKind, Together, register
from claims.pipeline.queue import enqueue, enqueue_all, release, retry, retry_all, sweep
from claims.pipeline.run import drain, run

__all__ = [
    "Done",
    "Later",
    "StepKind",
    "Together",
    "drain",
    "enqueue",
    "enqueue_all",
    "in_process",
    "register",
    "release",
    "retry",
    "retry_all",
    "run",
    "stopping",
    "sweep",
]
