"""Scores of the project on gold data, one module per task.

The scorers (``quantities``, ``times``, ``quotes``, ``checkworthiness``, ``matching``, ``stance``,
``origins``, ``news``) are pure: gold and system values in, frozen results out. ``running`` and ``judging``
put the project's own pipeline behind them, ``tasks`` names them for ``manage.py evaluate``.
"""
