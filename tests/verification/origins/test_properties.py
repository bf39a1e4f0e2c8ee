"""What holds for every family: order does not matter, strangers change nothing, each voice counts once."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.origins.ferry import FERRY
from tests.verification.origins.water import WATER
from verification.origins import Document, Voice, copies, count, count_origins

CASES = [(family, claim) for family in (FERRY, WATER) for claim in family.claims]
STRANGER = Document(
    id="stranger",
    outlet="Orchard Quarterly",
    publisher="Pomona Verlag",
    published=datetime(2025, 12, 1, tzinfo=UTC),
    title="On pruning",
    text="Apple trees are pruned in late winter. Ludmila Pfirsich, who keeps 300 of them, prefers a dry day.",
)


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_input_does_not_matter(case, random):
    family, claim = case
    documents, voices = list(family.documents), family.voices(claim)
    expected = count(documents, voices)
    random.shuffle(documents)
    random.shuffle(voices)
    assert count(documents, voices) == expected


@given(st.sampled_from(CASES))
@settings(max_examples=len(CASES))
def test_an_unrelated_document_changes_nothing(case):
    family, claim = case
    voices = family.voices(claim)
    assert count([*family.documents, STRANGER], voices) == count(family.documents, voices)


WORDS = ["The Owl reported ", "said ", "Jo Lind", "according to ", "nine pumps failed. "]
PIECES = [*"ab AB.\n\"“”'()-,3 ", *WORDS]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=80).map("".join)


@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.integers(0, 200),
            st.integers(1, 60),
            st.none() | st.sampled_from(["Jo Lind", "police", "Outlet 1", "rumours", "sources", ""]) | TEXTS,
            st.booleans(),
        ),
        max_size=8,
    ),
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))),
)
@settings(max_examples=150)
def test_every_voice_is_in_one_origin_or_silent_whatever_the_texts(texts, places, cuts):
    documents = [Document(str(at), f"Outlet {at % 3}", text) for at, text in enumerate(texts)]
    voices = []
    for number, (at, start, length, speaker, against) in enumerate(places):
        document = documents[at % len(documents)]
        start %= len(document.text)
        end = min(len(document.text), start + length)
        voices.append(Voice(str(number), document.id, start, end, speaker, against=against))
    pairs = {(str(a), str(b)) for a, b in cuts if a != b}
    found = count(documents, voices, cuts=pairs)
    counted = [edge.voice for origin in found.origins for edge in origin.edges]
    assert sorted([*counted, *(edge.voice for edge in found.silent)]) == sorted(voice.id for voice in voices)
    together = {edge.voice: number for number, origin in enumerate(found.origins) for edge in origin.edges}
    assert not any(a in together and together[a] == together.get(b) for a, b in pairs)
    side = {voice.id: voice.against for voice in voices}
    assert all(side[edge.voice] == origin.against for origin in found.origins for edge in origin.edges)


@given(st.lists(TEXTS, max_size=6))
@settings(max_examples=60)
def test_copies_are_pairs_of_different_articles_with_shares_between_nothing_and_all(texts):
    documents = [Document(str(at), f"Outlet {at}", text) for at, text in enumerate(texts)]
    for copy in copies(documents):
        assert copy.a != copy.b
        assert 0 < copy.jaccard <= 1
        assert 0 < copy.of_a <= 1
        assert 0 < copy.of_b <= 1


HOSTILE = {
    "“": 50_000,
    '"': 50_001,
    "\n": 50_000,
    "A ": 25_000,
    "(A": 25_000,
    "Jo Lind, ": 6_000,
    "a said ": 8_000,
    "according to ": 4_000,
    "the office of ": 4_000,
    "Reporting by A": 4_000,
    ".": 50_000,
    "x": 50_000,
}


@pytest.mark.parametrize("text", [piece * times for piece, times in HOSTILE.items()], ids=map(repr, HOSTILE))
def test_hostile_texts_are_read_in_passing(text):
    """A pattern that backtracks would not come back from these."""
    documents = [Document("a", "Owl", text), Document("b", "Kite", text[:-1])]
    voices = [Voice("1", "a", 0, 10, "Jo Lind"), Voice("2", "b", 0, 10), Voice("3", "b", 20, 30)]
    assert count_origins(documents, voices)
