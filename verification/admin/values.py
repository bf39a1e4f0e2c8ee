"""The values that claims give for one measure over time: a chart, and its data as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from verification.selectors.timelines import Line, Measured, Point, Timeline

#: how the points of each line look, in turn; the words say it too, so that colour is never alone
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring")
_SIGNS = {"circle": "●", "square": "■", "triangle": "▲", "diamond": "◆", "cross": "✚", "ring": "○"}


@dataclass(frozen=True, slots=True)
class Row:
    """A point of the chart as a row of its table."""

    origin: str
    sign: str
    number: int  # of its line, from 0
    point: Point
    measured: Measured

    @property
    def value(self) -> str:
        reading = self.point.reading
        if reading.value is None:
            return f"{short(reading.low)} to {short(reading.high)}"
        return f"{_BOUNDS[reading.bound]}{short(reading.value)}"


_BOUNDS = {">": "more than ", "<": "less than ", "": ""}


def rows(timeline: Timeline) -> tuple[Row, ...]:
    """All points, the latest first."""
    claims = {measured.claim.pk: measured for measured in timeline.claims}
    found = [
        Row(line.root, _SIGNS[_shape(number)], number, point, claims[point.claim_id])
        for number, line in enumerate(timeline.lines)
        for point in line.points
    ]
    return tuple(sorted(found, key=lambda row: row.point.last or date.min, reverse=True))


def chart(timeline: Timeline) -> dict[str, Any]:
    """What ``values.js`` draws: times in seconds since 1970, values in the unit of the timeline."""
    return {
        "unit": timeline.unit,
        "lines": [_line(number, line) for number, line in enumerate(timeline.lines)],
    }


def _line(number: int, line: Line) -> dict[str, Any]:
    shape = _shape(number)
    points = [_point(point) for point in line.points if point.last is not None]
    return {"label": f"{_SIGNS[shape]} {line.root}", "shape": shape, "points": points}


def _point(point: Point) -> dict[str, Any]:
    assert point.last is not None
    reading = point.reading
    middle = (reading.low + reading.high) / 2
    noon = datetime.combine(point.last, time(12), UTC)
    return {
        "x": int(noon.timestamp()),
        "y": middle if reading.value is None else reading.value,
        "low": reading.low,
        "high": reading.high,
    }


def _shape(number: int) -> str:
    return SHAPES[number % len(SHAPES)]


def short(value: float) -> str:
    """A number as people write it: 300 billion, 1.2 million, 4.5."""
    for size, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{name}".replace("-", "−")
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
