"""Times as TIMEX3, with the days that each spans, as seen from Tuesday, 18 February 2025."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.types import TimeExpression

TUESDAY = date(2025, 2, 18)


def find(text: str, published: date | datetime | None = TUESDAY) -> tuple[TimeExpression, ...]:
    return analyze(text, published).times


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The ferry sank on February 3, 2022.", "February 3, 2022", "2022-02-03"),
        ("The ferry sank on 3 February 2022.", "3 February 2022", "2022-02-03"),
        ("The log says 2025-02-11.", "2025-02-11", "2025-02-11"),
        ("The mill burned in February 2022.", "February 2022", "2022-02"),
        ("The mill burned in 2014.", "2014", "2014"),
        ("Exports grew in the third quarter of 2024.", "the third quarter of 2024", "2024-Q3"),
        ("Prices soared in the 1990s.", "the 1990s", "199"),
        ("Talks were held on Tuesday.", "Tuesday", "2025-02-18"),
        ("They spoke last Wednesday.", "last Wednesday", "2025-02-12"),
        ("The envoy will arrive on Wednesday.", "Wednesday", "2025-02-19"),
        ("The council met on Monday.", "Monday", "2025-02-17"),
        ("The shop opens next Friday.", "next Friday", "2025-02-21"),
        ("He resigned yesterday.", "yesterday", "2025-02-17"),
        ("He resigned last week.", "last week", "2025-W07"),
        ("Sales fell last month.", "last month", "2025-01"),
        ("Sales fell last year.", "last year", "2024"),
        ("She left a year ago.", "a year ago", "2024"),
        ("She left two months ago.", "two months ago", "2024-12"),
        ("She left 11 days ago.", "11 days ago", "2025-02-07"),
        ("The tax was cut in September.", "September", "2024-09"),
        ("The tax will be cut in September.", "September", "2025-09"),
        ("The law will take effect on July 1.", "July 1", "2025-07-01"),
        ("The bridge fell on Aug. 7.", "Aug. 7", "2024-08-07"),
        ("The vote is due before Christmas.", "Christmas", "2025-12-25"),
        ("It rained last fall.", "last fall", "2024-FA"),
        ("The strike lasted three days.", "three days", "P3D"),
        ("After a 16-hour flight he slept.", "16-hour", "PT16H"),
        ("It has rained for the past two months.", "the past two months", "P2M"),
        ("The board meets every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
        ("They pray daily.", "daily", "P1D"),
        ("Sirens rang at 9 a.m. on Tuesday.", "9 a.m. on Tuesday", "2025-02-18T09:00"),
        ("Crowds came on Friday night.", "Friday night", "2025-02-14TNI"),
        ("The siege began in late November.", "late November", "2024-11"),
        ("They have until 9 a.m. Thursday to sign.", "9 a.m. Thursday", "2025-02-20T09:00"),
        ("The rule was passed in March last year.", "March last year", "2024-03"),
        ("The harbour froze last Christmas.", "last Christmas", "2024-12-25"),
        ("She was seen last Oct. 3.", "last Oct. 3", "2024-10-03"),
        ("The court sits in the week of March 10.", "the week of March 10", "2025-W11"),
        ("They met on 3 February; the next morning he left.", "the next morning", "2025-02-04TMO"),
        ("The alarm rang at 4 in the morning.", "4 in the morning", "2025-02-18T04:00"),
        ("It ended a day-long debate.", "day-long", "P1D"),
        ("It ended a decades-long feud.", "decades-long", "PXY"),
        ("A yearlong search failed.", "yearlong", "P1Y"),
        ("The mill closed more than two years ago.", "more than two years ago", "2023"),
        ("They plan to build it in the coming years.", "the coming years", "PXY"),
        ("Rents stood still in the summer.", "the summer", "2024-SU"),
        ("The shops will close by the summer.", "the summer", "2025-SU"),
        ("The bridge opened in the fall.", "the fall", "2024-FA"),
        ("It was a mill town in the late 1960s.", "the late 1960s", "196"),
        ("Jazz ruled there in the '30s.", "the '30s", "193"),
        ("Rents were frozen in the seventies.", "the seventies", "197"),
        ("It is a nineteenth-century chapel.", "nineteenth-century", "18"),
        ("The chapel is from the 18th century.", "the 18th century", "17"),
        ("It will open by the year 2031.", "the year 2031", "2031"),
        ("Sent 02/11/25 by the desk.", "02/11/25", "2025-02-11"),
        ("Sent 02-11-25 0915EST by the desk.", "02-11-25 0915EST", "2025-02-11T09:15"),
        ("Logged 02/11/2025 09:15:30 by the desk.", "02/11/2025 09:15:30", "2025-02-11T09:15:30"),
        ("They met on Jan. 14 and 15.", "15", "2025-01-15"),
        ("It rained on December 3-5.", "5", "2024-12-05"),
        ("It was dry in May and June 2019.", "May", "2019-05"),
        ("Orders rose in last year's second quarter.", "last year's second quarter", "2024-Q2"),
        ("Orders rose in the 2019 second quarter.", "the 2019 second quarter", "2019-Q2"),
        ("Sales fell in the third quarter from a year earlier.", "a year earlier", "2023-Q3"),
        (
            "Sales fell in the third quarter; in the year-earlier quarter they rose.",
            "the year-earlier quarter",
            "2023-Q3",
        ),
        ("Sales fell in the third quarter. The quarter was wet.", "The quarter", "2024-Q3"),
        ("The latest quarter was wet.", "The latest quarter", "2024-Q4"),
        ("It earned 3 million for the nine months.", "the nine months", "P9M"),
        ("The mill expects a loss for the year.", "the year", "2025"),
        ("The firm will list its shares by year-end.", "year-end", "2025"),
        ("Years ago a mill stood here.", "Years ago", "PAST_REF"),
        ("A few days later it burned.", "A few days later", "FUTURE_REF"),
        ("The alarm rang last night.", "last night", "2025-02-17TNI"),
        ("She left on 3 May 2024. The following day he called.", "The following day", "2024-05-04"),
        ("She left on 3 May 2024. The next day he called.", "The next day", "2024-05-04"),
        ("It fell on the night of 5 January.", "the night of 5 January", "2025-01-05TNI"),
        ("They meet at 10 o'clock.", "10 o'clock", "2025-02-18T10:00"),
        ("The board meets twice a year.", "twice a year", "P1Y"),
        ("The board meets every other week.", "every other week", "P2W"),
        ("The shop is shut on Mondays.", "Mondays", "XXXX-WXX-1"),
        ("The debate went on for half an hour.", "half an hour", "PT30M"),
        ("They won for three straight years.", "three straight years", "P3Y"),
        ("The vote is on the last Friday of March.", "the last Friday of March", "2025-03-28"),
        ("It was calm this past week.", "this past week", "2025-W07"),
        ("The mill closed about ten years ago.", "about ten years ago", "2015"),
        ("Few cared in the past.", "the past", "PAST_REF"),
        ("Many have left in the past few days.", "the past few days", "PXD"),
        ("He waits between now and Feb. 28.’’", "Feb. 28", "2025-02-28"),
        ("He returns the day after tomorrow.", "the day after tomorrow", "2025-02-20"),
        ("The court will sit a week from Thursday.", "a week from Thursday", "2025-02-27"),
        ("It lasted two-and-a-half years.", "two-and-a-half years", "P2.5Y"),
        ("Wages rose in the '20s.", "the '20s", "202"),
        ("The mill will reopen by spring.", "spring", "2025-SP"),
        ("They won the Oct. 11-20 cup.", "20", "2024-10-20"),
        ("Envoys met on 3 February. She said then that all was well.", "then", "2025-02-03"),
    ],
)
def test_expression_and_value(text: str, expression: str, value: str) -> None:
    assert (expression, value) in [(time.text, time.value) for time in find(text)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It burned in February 2024.", date(2024, 2, 1), date(2024, 2, 29)),
        ("He resigned last week.", date(2025, 2, 10), date(2025, 2, 16)),
        ("It grew in the third quarter of 2024.", date(2024, 7, 1), date(2024, 9, 30)),
        ("At the end of March 2022 it rose.", date(2022, 3, 31), date(2022, 3, 31)),
        ("It has been so since 2022.", date(2022, 1, 1), TUESDAY),
        ("He ruled from 2016 to 2020.", date(2016, 1, 1), date(2020, 12, 31)),
        ("He ruled 2016-2020 with care.", date(2016, 1, 1), date(2020, 12, 31)),
        ("Output fell in the last three months of the year.", date(2024, 10, 1), date(2024, 12, 31)),
        ("Output will fall in the last three months of the year.", date(2025, 10, 1), date(2025, 12, 31)),
        ("It rained in the first two weeks of January.", date(2025, 1, 1), date(2025, 1, 14)),
        ("It froze in the opening month of the year.", date(2025, 1, 1), date(2025, 1, 31)),
        ("It rose in the closing quarter of 2023.", date(2023, 10, 1), date(2023, 12, 31)),
        ("Output fell in January, the steepest drop since May 2020.", date(2025, 1, 1), date(2025, 1, 31)),
        ("It fell in the three months to January.", date(2024, 11, 1), date(2025, 1, 31)),
        ("It fell in the year ended June 30.", date(2023, 7, 1), date(2024, 6, 30)),
        ("In the week to 9 February it rained.", date(2025, 2, 3), date(2025, 2, 9)),
        ("It rained from December 3 to January 9.", date(2024, 12, 3), date(2025, 1, 9)),
        ("The tax falls due on the last day of March 2024.", date(2024, 3, 31), date(2024, 3, 31)),
        ("Three ships sank overnight.", date(2025, 2, 17), date(2025, 2, 18)),
        ("No snow is forecast before the weekend.", date(2025, 2, 22), date(2025, 2, 23)),
        ("His lease runs out in November.", date(2025, 11, 1), date(2025, 11, 30)),
        ("The mine must close by midsummer.", date(2025, 6, 24), date(2025, 6, 24)),
        ("Traffic rose 7% in the first six months.", date(2024, 1, 1), date(2024, 6, 30)),
        ("Sales of £40m fell in the second half.", date(2024, 7, 1), date(2024, 12, 31)),
        ("He said in January he would sell the mill.", date(2025, 1, 1), date(2025, 1, 31)),
        ("It will be spent over the next three years.", TUESDAY, date(2028, 2, 17)),
    ],
)
def test_the_days_it_spans(text: str, first: date, last: date) -> None:
    found = find(text)[0]
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "Sales fell in the three months to the end of November, against the same period of 2022.",
            date(2022, 9, 1),
            date(2022, 11, 30),
        ),
        (
            "Between 1 April and 30 September thefts fell 8% on the same period a year before.",
            date(2023, 4, 1),
            date(2023, 9, 30),
        ),
        (
            "Profit was €61m in the first half of 2024, against €54m a year earlier.",
            date(2023, 1, 1),
            date(2023, 6, 30),
        ),
        ("Their mean age was 42 in 2010; a decade later it was 46.", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_the_period_that_another_is_told_from(text: str, first: date, last: date) -> None:
    found = find(text)[-1]
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["No flights are allowed between 11pm and 5am.", "The road is closed from 7am to 10am."]
)
def test_hours_of_every_day_are_of_no_day(text: str) -> None:
    assert [time.first for time in find(text)] == [None, None]


@pytest.mark.parametrize(
    "text",
    ["He ruled from 2016 to 2020.", "It rained on December 12-15.", "It fell in the three months to May."],
)
def test_both_expressions_of_an_interval_span_it(text: str) -> None:
    opening, closing = find(text)
    assert (opening.first, opening.last) == (closing.first, closing.last)
    assert opening.first and closing.last and opening.first < closing.last


@pytest.mark.parametrize(
    "text",
    [
        "It was the largest crowd since the final of May 2016.",
        "It is the longest run since Halden won eleven in May 2016.",
        "She has lost twice since moving to Oslo in May 2016.",
    ],
)
def test_since_something_that_was_then(text: str) -> None:
    (time,) = find(text)
    assert (time.first, time.last) == (date(2016, 5, 1), TUESDAY)


def test_a_reason_opens_no_interval() -> None:
    assert find("Since he was born in May 2016, he could not vote.")[0].last == date(2016, 5, 31)


def test_a_time_aside_is_not_what_is_so_low() -> None:
    since = find("After a loss on Monday they won their first cup since 2019.")[1]
    assert since.last == TUESDAY


def test_the_lowest_since_reaches_to_what_is_so_low() -> None:
    measured, since = find("Output fell in January, the steepest drop since May 2020.")
    assert (since.first, since.last) == (date(2020, 5, 1), measured.last)


def test_a_delay_by_a_length_is_no_interval() -> None:
    assert find("It was put off by three months to May.")[0].first is None


def test_the_same_hour_is_the_hour_last_named() -> None:
    assert find("At noon on Monday he spoke. She spoke at the same hour.")[1].value == "2025-02-17T12:00"


@pytest.mark.parametrize(
    "text",
    [
        "Bread costs 8% more than a year ago.",
        "Rents rose 3% from a year earlier.",
        "Turnover was 4.6 million, down from 5.2 million a year earlier.",
        "Prices were 6% above their level of twelve months before.",
        "Sales are higher than two years ago.",
    ],
)
def test_what_a_figure_is_compared_with_spans_no_days_of_the_claim(text: str) -> None:
    (time,) = find(text)
    assert (time.type, time.first, time.last) == ("DATE", None, None)


def test_how_long_ago_spans_its_days() -> None:
    assert find("He left more than a year ago.")[0].first == date(2024, 1, 1)
    assert find("He came from Oslo two years ago.")[0].first == date(2023, 1, 1)


def test_since_then_reaches_to_publication() -> None:
    then = find("The pact was signed on 3 February. Since then three mills have closed.")[1]
    assert (then.first, then.last) == (date(2025, 2, 3), TUESDAY)


def test_a_narrative_is_reckoned_from_the_time_it_told() -> None:
    text = "The treaty was signed on 12 May 2019. The envoys had met a day earlier. That year brought floods."
    assert [time.value for time in find(text)] == ["2019-05-12", "2019-05-11", "2019"]


def test_weeks_from_a_day_lead_to_a_day() -> None:
    earlier = find("The index stood at 44 points on Monday. A fortnight earlier it had stood at 31.")[1]
    assert (earlier.first, earlier.last) == (date(2025, 2, 3), date(2025, 2, 3))
    later = find("Both sides met in June 2023. The truce broke down two weeks later.")[1]
    assert later.first is None or later.first != later.last


def test_what_is_past_is_not_reckoned_from_a_day_to_come() -> None:
    text = "The shelling began on Sunday. Envoys will meet on Thursday. A bridge was hit on the same day."
    assert find(text)[-1].value == "2025-02-16"


def test_the_strongest_since_ends_with_what_was_told() -> None:
    text = "A gale sank three ferries on Sunday. It was the worst storm since 1987."
    assert find(text)[-1].last == date(2025, 2, 16)


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The bomb went off at ten past four on Monday.", "ten past four on Monday", "2025-02-17T04:10"),
        ("The vote began at a quarter to nine.", "a quarter to nine", "2025-02-18T08:45"),
        (
            "It rained from half past two in the afternoon.",
            "half past two in the afternoon",
            "2025-02-18T14:30",
        ),
        ("Polls closed at twenty-five to six.", "twenty-five to six", "2025-02-18T05:35"),
    ],
)
def test_the_clock_in_words(text: str, expression: str, value: str) -> None:
    assert [(time.text, time.value) for time in find(text)] == [(expression, value)]


@pytest.mark.parametrize(
    "text", ["Ten to twelve ports shut.", "It works at ten to twelve plants.", "He is past four."]
)
def test_a_range_is_no_time_of_day(text: str) -> None:
    assert find(text) == ()


def test_the_weekday_beside_a_date_tells_its_year() -> None:
    assert find("The play opened on Monday, Oct. 26.", date(1998, 10, 25))[0].value == "1998-10-26"


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    (time,) = find("They spoke on Tuesday.", None)
    assert (time.value, time.first, time.last) == ("XXXX-WXX-2", None, None)


def test_a_publication_time_counts_by_its_day() -> None:
    assert find("He left today.", datetime(2025, 2, 18, 23, 59))[0].value == "2025-02-18"


@pytest.mark.parametrize(
    "text",
    [
        "We may march against the tax.",
        "A 44-year-old baker was fined.",
        "The novel 1,984 pages long won.",
        "They counted 2,014 sheep.",
        "A quarter of the town was flooded.",
        "The second prize went to Kyle.",
        "They joined the March for Bread.",
        "He then sang, and she was then a clerk.",
        "The fall of the city was a shock.",
        "The Daily Harbour sold well.",
        "They scored in the second half.",
        "She ran it in 2:04:11 in Oslo.",
        "It was a 2000-mile trip.",
        "The pipes froze in spring water.",
        "The firm lives in the past of its founder.",
        "He is in his 50s.",
        "Fares rose on line 19 and 20 lorries stood still.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find(text) == ()


SCRAPS = """
    the a end of early late last next this that past two 3 11 2025 1990 s Tuesday May March Feb. 30
    31 week weeks month years decade century ago earlier later since from to - / , . 9 a.m. 10:30
    2025-02-30 every day third quarter Q3 weekend Christmas Easter today fiscal spring 99999
    then morning in of last opening the-summer more than almost long - Christmas Oct. closing
    02-13-98 1323EST 11/02/89 '60s half year-earlier year-end twice past between the-same hour ended noon
"""
SOUP = st.lists(
    st.sampled_from(SCRAPS.split()),
    max_size=25,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@pytest.mark.parametrize(
    "text",
    [
        "It was the deepest snow ever seen at the pass in March.",
        "It was the coldest March night in the valley.",
        "The frost set a record for March.",
        "Never had 12 ships sunk in March.",
    ],
)
def test_a_month_that_is_compared_with_others_of_its_name_is_that_of_no_year(text: str) -> None:
    (time,) = [t for t in find(text) if t.text == "March"]
    assert (time.type, time.value, time.first) == ("SET", "XXXX-03", None)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=120), SOUP), st.one_of(st.none(), st.dates()))
@example("the end of the century last week a decade ago next year since 1990", date.min)
@example("the end of the century next week a decade later next year since 1990", date.max)
def test_any_text_gives_sound_times(text: str, published: date | None) -> None:
    found = find(text, published)
    for time in found:
        assert text[time.start : time.end] == time.text != ""
        assert time.type in {"DATE", "TIME", "DURATION", "SET"}
        assert time.value
        assert time.first is None or time.last is None or time.first <= time.last
    assert all(left.end <= right.start for left, right in pairwise(found))


@settings(max_examples=60)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2050, 12, 31)))
def test_a_written_date_survives_the_round_trip(day: date) -> None:
    text = f"It was signed on {day:%B} {day.day}, {day.year}, at noon."
    assert find(text)[0].first == find(text)[0].last == day
