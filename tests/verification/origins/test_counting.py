"""Counting through its door: one rule at a time on short texts, reviewers' decisions, and errors."""

from datetime import UTC, datetime

import pytest

from verification.origins import Document, OriginKind, Voice, count, count_origins


def paper(name, text, *, day=1, publisher=None, byline=None, title=""):
    published = datetime(2026, 3, day, 12, tzinfo=UTC)
    return Document(name, name, text, publisher or name, published, byline, title)


def voice(document, words, speaker=None, *, against=False):
    start = document.text.index(words)
    return Voice(document.id, document.id, start, start + len(words), speaker, against=against)


def counted(*pairs, **options):
    """The number of origins for (document, words, speaker) triples."""
    documents = [pair[0] for pair in pairs]
    return count_origins(documents, [voice(*pair) for pair in pairs], **options)


LEMON = "The Lemon Street bridge will be closed to lorries over seven tonnes from the first day of April."


@pytest.mark.parametrize(
    ("first", "second", "origins"),
    [
        (("Ann Vole", "Ann Vole"), ("Vole", "Vole"), 1),
        (("Ann Vole", "Ann Vole"), ("Ben Vole", "Ben Vole"), 2),
        (("Ann Vole", "Ann Vole, director of the water board,"), ("water board", "The water board"), 1),
        (("Ann Vole", "Ann Vole, a nurse at Hill Hospital,"), ("Hill Hospital", "Hill Hospital"), 2),
        (("water board", "The water board"), ("water board spokesman", "A water board spokesman"), 1),
        (
            ("Health Minister Ida Orr", "Health Minister Ida Orr"),
            ("health ministry", "The health ministry"),
            1,
        ),
        (
            ("Ann Vole", "Ann Vole has been chief at Mill Hospital for years and"),
            ("Mill Hospital", "Mill Hospital"),
            1,
        ),
        (("health ministry", "The health ministry"), ("Ministry of Health", "The Ministry of Health"), 1),
        (("Hill Bank", "Hill Bank"), ("Hill Bank union", "The Hill Bank union"), 2),
        (("police", "The police"), ("fire brigade", "The fire brigade"), 2),
        (("fire chief Jo Ask", "Fire chief Jo Ask"), ("fire department", "The fire department"), 1),
        (("rain gauge of Ostby", "The rain gauge of Ostby"), ("Ostby's rain gauge", "Ostby's rain gauge"), 1),
        (("Daily Lark", "The Daily Lark"), ("Daily Lark newspaper", "The Daily Lark newspaper"), 1),
    ],
)
def test_who_is_one_source(first, second, origins):
    pairs = [
        (paper(name, f"It rained for nine days.\n\n{words} said that forty cellars were flooded."), speaker)
        for name, (speaker, words) in (("Morning Kite", first), ("Evening Owl", second))
    ]
    assert len(counted(*((document, "forty cellars", speaker) for document, speaker in pairs))) == origins


def test_a_source_that_was_told_passes_it_on():
    told = paper("Owl", "The mayor, Jo Lind, said the water board had told her that nine pumps had failed.")
    board = paper("Water Board", "Nine pumps failed in the night.", day=2)
    [origin] = counted((told, "nine pumps had failed", "Jo Lind"), (board, "Nine pumps failed", None))
    assert origin.root == "Water Board"
    assert "the water board had told her" in {edge.words for edge in origin.edges}


def test_an_agency_outside_the_family_is_a_root_but_not_for_own_eyes():
    kite = paper(
        "Kite", "ODDA, March 1 (NTB) - Nine pumps failed in Odda, and the cellars filled with water."
    )
    owl = paper("Owl", "A flood has hit the small town of Odda, where nine pumps failed.\n\n(NTB)")
    crow = paper("Crow", "(NTB) - Our reporter saw nine pumps that had failed.")
    words = "ine pumps"
    assert len(counted((kite, words, None), (owl, words, None))) == 1
    assert len(counted((kite, words, None), (owl, words, None), (crow, words, None))) == 2


def test_a_line_in_brackets_that_is_no_agency_credits_nobody():
    kite = paper("Kite", "Nine pumps failed in Odda.\n\n(Photo by the author)")
    owl = paper("Owl", "In Odda nine pumps failed last night.\n\n(Photo by the author)")
    assert len(counted((kite, "ine pumps", None), (owl, "ine pumps", None))) == 2


def test_a_signature_without_a_name_is_a_credit():
    wire = paper(
        "Fjord Wire", "Nine pumps failed in Odda on Sunday.\n\n(Reporting by Liv Moe; Editing by Per Dal)"
    )
    owl = paper("Owl", "In Odda nine pumps failed.\n\n(Reporting by Liv Moe; Editing by Per Dal)", day=2)
    [origin] = counted((wire, "Nine pumps failed", None), (owl, "nine pumps failed", None))
    assert origin.kind is OriginKind.CREDIT


def test_copies_are_seen_although_the_client_is_older_than_the_wire():
    text = f"{LEMON} The council voted for it late on Monday night after a debate of four hours."
    wire = paper("Fjord Wire", text, day=5)
    owl = paper("Owl", f"(Fjord Wire) - {text.replace('seven', 'nine')}", day=4)
    [origin] = counted((wire, "seven tonnes", None))
    assert origin.kind is OriginKind.INDEPENDENT
    found = count([wire, owl], [voice(wire, "seven tonnes"), voice(owl, "nine tonnes", against=True)])
    assert [origin.root for origin in found.origins] == ["Fjord Wire"]
    assert [edge.voice for edge in found.silent] == ["Owl"]


def test_a_correction_by_the_same_outlet_is_no_altered_copy():
    old = paper("Owl", f"{LEMON} The council voted for it late on Monday night after a debate of four hours.")
    new = paper("Owl", old.text.replace("seven", "nine"), day=2)
    new = Document("Owl 2", "Owl", new.text, new.publisher, new.published)
    origins = count_origins([old, new], [voice(old, "seven tonnes"), voice(new, "nine tonnes", against=True)])
    assert [origin.against for origin in origins] == [False, True]


def test_equal_quotations_are_no_copy():
    quote = (
        '"We have asked for this bridge to be repaired in every single year since the great flood," she said.'
    )
    kite = paper("Kite", f"Jo Lind is angry.\n\n{quote}\n\nHer town has 900 people.")
    owl = paper("Owl", f"The mayor came to the bank in boots.\n\n{quote}\n\nNobody answered her.", day=2)
    assert len(counted((kite, "Her town has 900 people", None), (owl, "Nobody answered her", None))) == 2


def test_two_details_are_no_paraphrase_and_three_are():
    kite = paper("Kite", "The lines 4 and 11 end at Weir Square. The line 16 goes to Mill Gate.")
    two = paper("Owl", "The lines 4 and 11 end early.", day=2)
    three = paper(
        "Owl", "The lines 4, 11 and 16 are affected, with Weir Square and Mill Gate as stops.", day=2
    )
    assert len(counted((kite, "The lines 4 and 11", None), (two, "The lines 4 and 11", None))) == 2
    assert len(counted((kite, "The lines 4 and 11", None), (three, "The lines 4, 11", None))) == 1


def test_a_lead_takes_the_attribution_of_the_body():
    owl = paper("Owl", "Nine pumps have failed.\n\nThe water board said that nine pumps failed on Sunday.")
    lead = voice(owl, "Nine pumps have failed")
    start = owl.text.index("nine pumps failed on")
    body = Voice("body", "Owl", start, start + 10, "water board")
    board = paper("Water Board", "Nine pumps failed.", day=2)
    [origin] = count_origins([owl, board], [lead, body, voice(board, "Nine pumps failed")])
    assert len(origin.edges) == 3


def test_a_reviewers_cut_and_join_hold():
    kite = paper("Kite", "Nine pumps failed.", publisher="Birds")
    owl = paper("Owl", "It was nine pumps.", publisher="Birds", day=2)
    crow = paper("Crow", "Nine pumps, no less.", day=3)
    given = [(kite, "Nine pumps", None), (owl, "nine pumps", None), (crow, "Nine pumps", None)]
    assert len(counted(*given)) == 2
    assert len(counted(*given, cuts={("Owl", "Kite")})) == 3
    assert len(counted(*given, joins={("Crow", "Owl")})) == 1
    both = counted(*given, joins={("Crow", "Owl")}, cuts={("Kite", "Owl")})
    assert [{edge.voice for edge in origin.edges} for origin in both] == [{"Kite"}, {"Owl", "Crow"}]
    assert "a reviewer set it apart" in {edge.why for origin in both for edge in origin.edges}


def test_words_are_given_as_the_article_prints_them():
    owl = paper("Owl", "The board’s spokesman told us: nine pumps failed.")
    [origin] = counted((owl, "nine pumps failed", "board spokesman"))
    assert origin.edges[0].words == owl.text


def test_no_voices_no_origins():
    assert count_origins([paper("Owl", "Nothing.")], []) == ()


def test_a_voice_without_its_document_is_an_error_that_names_it():
    with pytest.raises(ValueError, match=r"voice 'x': document 'gone' is not among those given"):
        count_origins([], [Voice("x", "gone", 0, 1)])


def test_two_voices_of_one_id_are_an_error():
    owl = paper("Owl", "Nine pumps.")
    with pytest.raises(ValueError, match="given twice"):
        count_origins([owl], [voice(owl, "Nine"), voice(owl, "pumps")])
