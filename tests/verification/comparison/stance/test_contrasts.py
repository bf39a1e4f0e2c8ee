"""What pairs are generated to train the stance model on, and how rows are balanced."""

import json
import re
from collections import Counter, defaultdict
from itertools import islice
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from verification.comparison.stance.contrasts import FOOTHOLDS, Pair, contrasts
from verification.comparison.stance.dating import dated
from verification.comparison.stance.rows import (
    claim_only_accuracy,
    completed,
    drawn,
    read_relations,
    read_squares,
    set_aside,
)
from verification.comparison.stance.substituted import substituted

SEEDS = st.integers(0, 10_000)


@given(SEEDS, st.integers(0, 60))
def test_the_same_seed_gives_the_same_pairs_and_as_many_as_asked(seed, count):
    pairs = list(contrasts(count, seed))
    assert len(pairs) == count
    assert pairs == list(contrasts(count, seed))


@given(SEEDS)
def test_as_many_pairs_support_as_contradict_and_all_are_sentences(seed):
    pairs = list(contrasts(100, seed))
    labels = Counter(pair.label for pair in pairs)
    assert labels["supports"] == labels["contradicts"] == 2 * labels["neutral"]
    for pair in pairs:
        for text in (pair.evidence, pair.claim):
            assert re.fullmatch(r"[A-Z0-9].*[^ ]\.", text), text


@given(SEEDS)
def test_no_evidence_both_supports_and_contradicts_a_claim(seed):
    labels = defaultdict(set)
    for pair in contrasts(200, seed):
        labels[pair.evidence, pair.claim].add(pair.label)
    assert all(len(found) == 1 for found in labels.values())


def test_every_kind_of_contrast_comes_up():
    kinds = {pair.source.removeprefix("contrast_") for pair in contrasts(400, 1)}
    assert kinds == {"numeric", "rounding", "unit", "date", "direction", "entity", "role", "negation"}


@given(SEEDS)
def test_where_who_did_it_is_told_in_one_voice_the_order_of_the_names_decides(seed):
    for pair in contrasts(50, seed, FOOTHOLDS):
        assert pair.source == "contrast_order"
        if pair.label != "neutral":
            alike = pair.evidence.startswith(pair.claim.removesuffix("."))
            assert alike == (pair.label == "supports"), pair


def test_the_claim_alone_tells_little_of_the_label():
    pairs = list(contrasts(3000, 7))
    assert claim_only_accuracy(pairs) < 0.5  # two of five support: 0.4 is chance


def baking(count):
    """Claims about bakeries, where every refuted claim is worded with "never", as in sets made by people."""
    pairs = []
    for i in range(count):
        evidence = f"The bakery Kolb{i} in Ulm opened in {1900 + i} and sells rye loaves."
        pairs.append(Pair(evidence, f"Bakery Kolb{i} began trading in Ulm.", "supports", "bread"))
        pairs.append(Pair(evidence, f"Bakery Kolb{i} never began trading in Ulm.", "contradicts", "bread"))
    return pairs


def test_a_word_that_gives_the_label_away_is_found_and_only_such_a_word():
    told = baking(60)
    assert claim_only_accuracy(told) > 0.95
    plain = [Pair(row.evidence, row.claim.replace(" never", ""), row.label, row.source) for row in told]
    assert claim_only_accuracy(plain) == 0.5


def test_rows_set_aside_share_neither_evidence_nor_claim_with_those_trained_on():
    rows = baking(60)
    rows += [Pair("Rye was scarce.", row.claim, "neutral", "bread") for row in rows[:4]]
    train, aside = set_aside(rows, Random(3))
    assert aside and len(train) + len(aside) == len(rows)
    assert not {row.evidence for row in train} & {row.evidence for row in aside}
    assert not {row.claim for row in train} & {row.claim for row in aside}


def test_a_set_that_only_contradicts_is_given_pairs_that_support_with_the_same_claims():
    rows = [
        Pair(f"The kiln {i} is hot, as ever.", f"The kiln {i} is cold, as ever.", "contradicts", "pots")
        for i in range(40)
    ]
    labels = Counter(row.label for row in completed(rows, Random(1)))
    assert labels["supports"] == labels["contradicts"] == 80
    assert claim_only_accuracy(completed(rows, Random(1))) <= 0.6


def test_a_set_without_neutrals_is_given_evidence_on_the_same_name_about_something_else():
    rows = [
        Pair("The painter Rosalba Orsini was born in Genoa.", "Orsini was born in Genoa.", "supports", "art"),
        Pair("Orsini sold nine canvases to a duke.", "Orsini never sold canvases.", "contradicts", "art"),
    ]
    added = completed(rows, Random(1))[2:]
    assert {(row.evidence, row.claim, row.label) for row in added} == {
        (rows[1].evidence, rows[0].claim, "neutral"),
        (rows[0].evidence, rows[1].claim, "neutral"),
    }


def test_every_label_of_a_source_is_drawn_as_often():
    rows = completed(baking(50), Random(1))
    rows += [Pair("Flour was dear.", f"Oven {i} is new.", "neutral", "bread") for i in range(70)]
    counts = Counter(row.label for row in islice(drawn(rows, Random(2)), 3000))
    assert all(abs(count - 1000) < 120 for count in counts.values()), counts


def test_sources_are_drawn_by_their_shares_and_not_by_their_sizes():
    rows = [Pair(f"Ferry {i} sank.", f"Ferry {i} sank.", "supports", "fever_dev") for i in range(5)]
    rows += [Pair(f"Barge {i} sank.", f"Barge {i} sank.", "supports", "wikifactcheck") for i in range(500)]
    counts = Counter(row.source for row in islice(drawn(rows, Random(2)), 1000))
    assert counts["fever_dev"] > 2 * counts["wikifactcheck"] > 0


def test_a_square_of_a_sort_gives_each_text_with_the_claims_that_it_decides(tmp_path):
    square = {
        "evidence": ["The kiln was lit in May.", "The kiln was lit in June."],
        "claims": [["Fire was set in May."], ["Fire was set in June."]],
        "neutral": ["The kiln holds forty pots."],
    }
    (tmp_path / "pots_01.jsonl").write_text(json.dumps(square) + "\n")
    (tmp_path / "unread").mkdir()
    (tmp_path / "unread" / "jugs_01.jsonl").write_text(json.dumps(square) + "\n")
    rows = read_squares(tmp_path)
    labels = {(row.evidence, row.claim): row.label for row in rows}
    may, june = square["evidence"]
    assert labels[may, "Fire was set in May."] == labels[june, "Fire was set in June."] == "supports"
    assert labels[may, "Fire was set in June."] == labels[june, "Fire was set in May."] == "contradicts"
    assert labels[may, square["neutral"][0]] == labels[june, square["neutral"][0]] == "neutral"
    assert {row.source for row in rows} == {"squares_pots"}


def test_pairs_of_news_are_read_from_either_side_each_with_how_much_later_the_other_was_published(tmp_path):
    row = {"event": "kiln", "label": "different-time", "a": "Two are hurt.", "b": "Four are hurt."}
    row |= {"published_a": "2020-03-01", "published_b": "2020-03-04"}
    path = tmp_path / "relations.jsonl"
    path.write_text(json.dumps(row) + "\n")
    assert [(pair.evidence, pair.claim) for pair in read_relations(path, Random(1))] == [
        ("Two are hurt.", "3 days later: Four are hurt."),
        ("Four are hurt.", "3 days earlier: Two are hurt."),
    ]


@given(st.dates(), st.dates())
def test_later_from_one_side_is_earlier_from_the_other(one, other):
    there, back = dated("", one, other), dated("", other, one)
    assert there.replace("later", "earlier") == back.replace("later", "earlier")
    assert ("later" in there) == ("earlier" in back) == (one > other)


def test_a_word_exchanged_on_one_side_contradicts_and_on_both_supports():
    row = Pair("The premiere took place in Oslo.", "The play was first shown in Oslo.", "supports", "stage")
    pairs = list(substituted([row] * 20, lambda word, _: "Lyon" if word == "Oslo" else None, Random(2)))
    for pair in pairs:
        assert (("Lyon" in pair.evidence) == ("Lyon" in pair.claim)) == (pair.label == "supports"), pair
    assert {pair.label for pair in pairs} == {"supports", "contradicts"}


#: In centimetres, and in minutes.
SIZES = {
    "kilometres": 100_000,
    "metres": 100,
    "centimetres": 1,
    "weeks": 10_080,
    "days": 1440,
    "hours": 60,
    "minutes": 1,
}


@given(SEEDS)
def test_a_claim_in_another_unit_supports_only_if_it_comes_to_the_same(seed):
    units = "|".join(SIZES)
    for pair in contrasts(200, seed):
        told = re.search(rf" (\d+) ({units}),", pair.evidence)
        said = re.search(rf" ([\d,]+) ({units})\.", pair.claim)
        if pair.source == "contrast_unit" and told and said:
            same = int(told[1]) * SIZES[told[2]] == int(said[1].replace(",", "")) * SIZES[said[2]]
            assert same == (pair.label == "supports"), pair
