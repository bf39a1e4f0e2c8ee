"""Stretches of the calendar and their TIMEX3 values (TimeML 1.2.1, ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from claims.extraction.times.tables import SEASONS

MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
_VALUE = re.compile(r"(\d{4})(?:-([WQ])?(\d{1,2})(?:-(\d\d))?)?\Z", re.ASCII)
_SEASON_CODES = dict(SEASONS.values())


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, weekend, month, quarter, half, season, year, decade or century, by its first day."""

    granularity: str
    first: date

    @property
    def last(self) -> date:
        if self.granularity == "weekend":
            return self.first + timedelta(days=1)
        if self.granularity in DAYS_IN:
            return self.first + timedelta(days=DAYS_IN[self.granularity] - 1)
        following = _month_after(self.first, MONTHS_IN[self.granularity])
        return (following or date.max) - timedelta(days=1)

    @property
    def value(self) -> str:
        """The TIMEX3 value: 2025-02-18, 2025-W08, 2025-W08-WE, 2025-02, 2025-Q1, 2025-SU, 2025, 199, 19."""
        first, year = self.first, f"{self.first.year:04d}"
        iso = first.isocalendar()
        names = {
            "day": first.isoformat(),
            "week": f"{iso.year:04d}-W{iso.week:02d}",
            "weekend": f"{iso.year:04d}-W{iso.week:02d}-WE",
            "month": f"{year}-{first.month:02d}",
            "quarter": f"{year}-Q{(first.month + 2) // 3}",
            "half": f"{year}-H{1 if first.month < 7 else 2}",
            "season": f"{year}-{_SEASON_CODES.get(first.month, 'WI')}",
            "year": year,
            "decade": year[:3],
            "century": year[:2],
        }
        return names[self.granularity]

    def shift(self, count: int) -> Period | None:
        """The period ``count`` steps later; None beyond the calendar."""
        if self.granularity in DAYS_IN:
            moved = add_days(self.first, count * DAYS_IN[self.granularity])
        else:
            moved = _month_after(self.first, count * MONTHS_IN[self.granularity])
        return Period(self.granularity, moved) if moved is not None else None


def containing(granularity: str, day: date) -> Period:
    """The period of that granularity in which ``day`` lies. A weekend: that of the day's ISO week."""
    if granularity == "day":
        return Period("day", day)
    if granularity in {"week", "weekend"}:
        start = add_days(day, (5 if granularity == "weekend" else 0) - day.weekday())
        return Period(granularity, start or day)
    months = MONTHS_IN[granularity]
    if granularity == "season":
        start_month = day.month // 3 * 3
        return Period("season", date(day.year - 1, 12, 1) if start_month == 0 and day.year > MINYEAR
                      else date(day.year, start_month or 12, 1))  # fmt: skip
    if months < 12:
        return Period(granularity, date(day.year, (day.month - 1) // months * months + 1, 1))
    years = months // 12
    return Period(granularity, date(max(day.year // years * years, 1), 1, 1))


def of_value(value: str) -> Period | None:
    """The year, quarter, month, week or day with this TIMEX3 value; None for any other."""
    match = _VALUE.match(value)
    if match is None:
        return None
    year, kind, number, day = int(match[1]), match[2] or "", int(match[3] or 1), int(match[4] or 1)
    if kind == "W":
        first = _week(year, number)
    else:
        first = make_day(year, 3 * number - 2 if kind == "Q" else number, day)
    granularity = {"W": "week", "Q": "quarter"}.get(
        kind, "day" if match[4] else "month" if match[3] else "year"
    )
    return Period(granularity, first) if first is not None else None


def _week(year: int, number: int) -> date | None:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def year_of(year: int) -> Period | None:
    return Period("year", date(year, 1, 1)) if MINYEAR <= year <= MAXYEAR else None


def add_days(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """The same day of another month, its last day where that is shorter."""
    start = _month_after(day, count)
    if start is None:
        return None
    return make_day(start.year, start.month, day.day) or Period("month", start).last


def _month_after(day: date, count: int) -> date | None:
    month = day.year * 12 + day.month - 1 + count
    year = month // 12
    return date(year, month % 12 + 1, 1) if MINYEAR <= year <= MAXYEAR else None


def make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month, the last for n = -1."""
    first = date(year, month, 1)
    days = [first + timedelta(days=k) for k in range(31)]
    matching = [d for d in days if d.month == month and d.weekday() == weekday]
    return matching[n - 1 if n > 0 else n]


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
