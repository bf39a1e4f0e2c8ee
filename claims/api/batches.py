"""Several things sent in one request: each is taken in or refused by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rest_framework import serializers, status
from rest_framework.response import Response

from claims.api.problems import Invalid, ProblemSerializer, problem


class ResultSerializer(serializers.Serializer[Any]):
    """What came of one of them. Who inherits adds what it became, under a name of its own, null if refused."""

    status = serializers.IntegerField(help_text="the status that it would have had alone")
    problem = ProblemSerializer(allow_null=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of them: what ``taking`` it gave, or why it was refused."""

    status: int
    became: Any = None
    error: Invalid | None = None


def take_each(sent: Iterable[Any], take: Callable[[Any], tuple[int, Any]]) -> list[Outcome]:
    """``take`` answers with a status and what it became, or raises :class:`Invalid`."""
    outcomes = []
    for one in sent:
        try:
            outcomes.append(Outcome(*take(one)))
        except Invalid as error:
            outcomes.append(Outcome(error.status_code, None, error))
    return outcomes


def answer(
    outcomes: Sequence[Outcome],
    batch: type[serializers.Serializer[Any]],
    show: Callable[[Any], dict[str, Any]],
    *,
    done: int,
    place: str = "",
) -> Response:
    """Status ``done`` if all were taken in, 207 if some were.

    Raises :class:`Invalid` if none was: with all that is wrong, each field led by ``place`` and the number of the
    one that it is of, and with the status that all have, or 400.

    :param batch: of ``results``, each of a :class:`ResultSerializer`; :param show: what one became, as fields of that
        one's own; of None those of one that was refused.
    """
    refused = [outcome.error for outcome in outcomes if outcome.error]
    if len(refused) == len(outcomes):
        raise _all_of(refused, place)
    results = [
        {
            "status": outcome.status,
            "problem": problem(outcome.status, str(outcome.error.detail), outcome.error.faults)
            if outcome.error
            else None,
            **show(outcome.became),
        }
        for outcome in outcomes
    ]
    body = batch({"results": results}).data
    return Response(body, status=status.HTTP_207_MULTI_STATUS if refused else done)


def _all_of(refused: Sequence[Invalid], place: str) -> Invalid:
    faults = [
        replace(fault, field=".".join(filter(None, (place, str(number), fault.field))))
        for number, error in enumerate(refused)
        for fault in error.faults
    ]
    codes = {error.status_code for error in refused}
    return Invalid(*faults, status=codes.pop() if len(codes) == 1 else 400)
