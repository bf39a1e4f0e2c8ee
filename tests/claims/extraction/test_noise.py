"""What of a page is the story: headings, bylines, datelines and page furniture never bear a claim."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import analyze
from claims.extraction.noise import BlockKind, blocks

STORY = "The port of Harnby handled 4.2 million tonnes of cargo last year, the harbour board said."


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in analyze(text).sentences]


def page(line: str) -> str:
    return f"{STORY}\n\n{line}\n\nCranes were idle for nine days in March."


@pytest.mark.parametrize(
    "line",
    [
        "PORT BOARD REVIEWS ITS PLANS AS TRAFFIC FALLS",
        "WHAT HAPPENS NOW?",
        "Why The Harbour Matters More Than Ever",
        "What the board decided",
        "By Anna Lindqvist",
        "By Anna Lindqvist and Tom Reyes, Coastal Wire",
        "From Coastal Wire.",
        "Harnby Post staff and agencies",
        "Reporting by Anna Lindqvist; editing by Tom Reyes",
        "Photo: Anna Lindqvist/Coastal Wire",
        "(AP Photo/Anna Lindqvist)",
        "A crane at the harbour on Monday. Getty Images",
        "FILE - A crane at the harbour in 2019.",
        "Subscribe to get the latest posts sent to your email.",
        "Discover more from Harnby Post | Harbour News",
        "Get the Harnby Post newsletter. Unsubscribe at any time.",
        "Sign up for our morning briefing.",
        "We use cookies to give you the best experience.",
        "Share this article",
        "Read more: Harbour dues will rise by 4% in May",
        "READ ALSO: HOW DUES ARE SET",
        "This story was updated at 4 p.m. to add a comment.",
        "This article has been updated.",
        "© 2024 Harnby Post. All rights reserved.",
        "Tom Reyes contributed to this report.",
        "Support independent journalism. Become a member today.",
        "By Anna Lindqvist, Chief Reporter",
        "Updated 10:32 GMT",
        "Tue 18 Feb 2025 10.32 GMT",
        "10:42 GMT",
        "Anna Lindqvist/Getty Images",
        "A crane at Harnby, March 3, 2024. REUTERS/Anna Lindqvist/File Photo",
        "Image caption, A crane opened in 1936",
        "Related: Five ports we lost",
        "The Post at the weekend: four issues for €5. Cancel any time.",
        "Follow Anna Lindqvist on X @annal.",
        "Do you know more? Contact us on 0800 555 123.",
        "This article is more than 2 years old.",
        "This live page is now closed.",
        "Article continues after advertisement",
        "We and our partners use cookies to store data on your device.",
        "Anna Lindqvist is a reporter for the Harnby Post.",
        "Northside 3-1 Abbey",
        "* * *",
    ],
)
def test_page_furniture_bears_no_claim(line: str) -> None:
    assert sentences(page(line)) == [STORY, "Cranes were idle for nine days in March."]


@pytest.mark.parametrize(
    "dateline",
    [
        "HARNBY, Oct. 6 (Coastal Wire) - ",
        "HARNBY (Reuters) - ",
        "HARNBY — ",
        "PORT HARNBY, Norland, March 12 (AP) — ",
        "Harnby (AFP) – ",
        "HARNBY, March 3. /TASS/. ",
        "BREAKING: ",
        "Correction: ",
        "10:42 GMT: ",
        "11.20am — ",
        "[10:15] ",
    ],
)
def test_what_stands_before_the_first_sentence_is_cut_off(dateline: str) -> None:
    assert sentences(f"{dateline}{STORY}\n\nNobody was hurt, police said.")[0] == STORY


def test_a_heading_glued_to_the_next_sentence_is_cut_off() -> None:
    behind = ["Cranes were idle for nine days.", "NATO and EU flags flew."]
    text = f"{STORY} BOARD REVIEWS ITS PLANS AS TRAFFIC FALLS {' '.join(behind)}"
    assert sentences(text) == [STORY, *behind]


@pytest.mark.parametrize(
    "line",
    [
        "Comments by the minister drew 300 replies on Monday.",
        "Copyright law changed in 2019, the minister said.",
        "By Monday the harbour had lost 40 ships.",
        "Share prices fell 3% on Monday.",
        "Sources close to the board said 12 cranes were sold.",
        "From January to March the port lost 40,000 tonnes of cargo.",
        "The helpline received 4,000 calls on Monday.",
        "Anna Lindqvist is the mayor of Harnby.",
        "10.5 million tonnes passed through Harnby in 2023.",
        "NASA said on Friday that it had lost 2 satellites.",
        "- The board sold 12 cranes in May.",
    ],
)
def test_sentences_that_only_begin_like_furniture_stay(line: str) -> None:
    assert line.removeprefix("- ") in sentences(page(line))


def test_a_quotation_pulled_out_of_the_story_is_read_once() -> None:
    said = "“The harbour lost 40 ships in a single year,” the mayor said. “Nobody told us.”"
    pulled = "“The harbour lost 40 ships in a single year.”"
    assert sentences(f"{STORY}\n\n{pulled}\n\n{said}").count(pulled) == 0
    assert pulled in sentences(f"{STORY}\n\nThe mayor spoke on Monday.\n\n{pulled}")


def test_a_bullet_is_no_part_of_the_line_above_it() -> None:
    text = "The board decided on Monday:\n\n• The north quay will close in May\n• The south quay was sold for 3 million"
    assert sentences(text)[1:] == [
        "The north quay will close in May",
        "The south quay was sold for 3 million",
    ]


def test_a_short_heading_glued_to_a_sentence_is_cut_off() -> None:
    assert sentences(f"{STORY} SAVING THE HARBOUR Dues rose by 4% in May.") == [
        STORY,
        "Dues rose by 4% in May.",
    ]


def test_a_lone_claim_needs_no_full_stop() -> None:
    assert sentences("The port of Harnby handled 4.2 million tonnes") == [
        "The port of Harnby handled 4.2 million tonnes"
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The port of Harnby handled 4.2 million tonnes of cargo last year, the\n"
        "harbour board said on Tuesday. That was 300,000 tonnes more than in the\n"
        "year before. Grain and timber made up most of it, and the harbour's own\n"
        "railway carried a third of the freight to the towns in the hills behind\n"
        "the coast.\n"
    )
    found = sentences(text)
    assert found[0].endswith("said on Tuesday.")
    assert len(found) == 3


@given(st.text(alphabet=st.sampled_from("Ab .,:-–\n\"“”'(/)1•\t\u2028É"), max_size=200))
def test_blocks_are_ordered_disjoint_and_trimmed(text: str) -> None:
    last = 0
    for block in blocks(text):
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        last = block.end


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n.•-1 ")), max_size=300))
def test_nothing_but_blanks_and_bullets_is_left_out(text: str) -> None:
    last = 0
    for block in (*blocks(text), None):
        gap = text[last : block.start if block else len(text)].strip()
        assert not gap or re.fullmatch(r"[•‣◦▪●○■*–—-]|\d{1,2}[.)]|\(\d{1,2}\)", gap)
        last = block.end if block else last


def test_hostile_text_takes_linear_time() -> None:
    for text in ("A" * 200_000, "(" * 200_000, "AB " * 60_000, "A, " * 60_000, "'" * 200_000, "1. " * 60_000):
        assert all(block.kind in BlockKind for block in blocks(text))
