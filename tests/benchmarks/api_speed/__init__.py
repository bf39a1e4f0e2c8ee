"""How fast the API reads: ``python -m tests.benchmarks.api_speed [--requests N] [--seed N]``.

Serves the database of ``DATABASE_URL`` (or ``TWOSOURCE_DATA_DIR``), such as :mod:`tests.benchmarks.large_store` fills,
with gunicorn on a free port, asks for claims, lists and searches over HTTP with a key, one after the other, and
prints one JSON object: of each kind the median and the 95th percentile in milliseconds, and of a claim's record the
ratio to a bare REST framework view of the claim's one row, on the same server in the same run. The kinds take
turns, so that whatever else the machine does falls on all alike.

The row of the bare view is a ``RetrieveAPIView`` with a ``ModelSerializer``, under the same authentication,
permissions and throttle. Searches are for one, two and three words of random claims.
"""
