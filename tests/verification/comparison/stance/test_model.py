"""A stance model at run time, with a tiny network that counts words of the claim."""

import pytest

from tests.verification.comparison.stance.tiny import configure
from verification.comparison.stance import StanceModelUnusable, loaded, probabilities
from verification.comparison.stance.model import RELATIONS, StanceModel

PAIRS = [("ferry", "ferry sailed"), ("ferry", "ferry sank"), ("ferry ferry ferry", "ferry moored")]


def largest(stance):
    return max(("supports", "contradicts", "neutral"), key=lambda label: getattr(stance, label))


def test_probabilities_stand_in_the_order_asked_under_the_names_that_the_model_gives_its_labels(folder):
    stances = probabilities(PAIRS)
    assert [largest(stance) for stance in stances] == ["supports", "contradicts", "neutral"]
    for stance in stances:
        assert stance.supports + stance.contradicts + stance.neutral == pytest.approx(1)


def test_a_pair_is_judged_the_same_alone_and_among_many(folder):
    alone = [StanceModel(folder).probabilities([pair])[0] for pair in PAIRS]
    others = [("ferry " * length, "ferry sailed") for length in range(100)]
    assert StanceModel(folder).probabilities(others + PAIRS)[-3:] == alone
    assert StanceModel(folder).probabilities([]) == []


def test_a_pair_judged_before_is_not_judged_again(folder, monkeypatch):
    first = probabilities(PAIRS)
    monkeypatch.setattr(loaded(), "_session", None)
    assert probabilities(list(reversed(PAIRS))) == list(reversed(first))


def test_a_temperature_makes_the_model_less_sure_of_the_same(folder):
    (sure,) = probabilities(PAIRS[:1])
    configure(folder, temperature=4)
    (less,) = StanceModel(folder).probabilities(PAIRS[:1])
    assert 1 / 3 < less.supports < sure.supports


def test_without_a_model_there_are_no_probabilities(monkeypatch):
    monkeypatch.setenv("STANCE_MODEL", "none")
    assert loaded() is None
    assert probabilities(PAIRS) == []


def test_relations_stand_in_one_order_whatever_order_the_model_has(relating):
    said = dict(zip(RELATIONS, *loaded().relations([("ferry", "ferry moored")]), strict=True))
    assert max(said, key=said.get) == "unrelated"
    assert sum(said.values()) == pytest.approx(1)


def test_a_model_with_one_output_tells_no_relations(folder):
    assert not loaded().relates
    assert loaded().relations(PAIRS) == []


def break_labels(folder):
    configure(folder, id2label={"0": "good", "1": "bad"})


def break_sum(folder):
    configure(folder, sha256="0" * 64)


def break_network(folder):
    (folder / "model.onnx").write_bytes(b"no network")


def break_config(folder):
    (folder / "config.json").write_text("{")


def lose_tokenizer(folder):
    (folder / "tokenizer.json").unlink()


@pytest.mark.parametrize("harm", [break_labels, break_sum, break_network, break_config, lose_tokenizer])
def test_a_folder_that_cannot_be_used_is_named_with_its_setting(folder, harm):
    harm(folder)
    with pytest.raises(StanceModelUnusable, match=f"STANCE_MODEL={folder}"):
        probabilities(PAIRS)


SHIPPED = [
    (
        "The museum in Oakford opened its doors in 1962.",
        "The museum in Oakford was opened in 1962.",
        "supports",
    ),
    (
        "The council rejected the plan for a new bridge.",
        "The council approved the plan for a new bridge.",
        "contradicts",
    ),
    ("The ferry was built in a yard in the north.", "The ferry carries 300 passengers.", "neutral"),
]


def test_the_model_that_is_shipped_is_the_one_its_config_describes_and_reads_plain_pairs(monkeypatch):
    monkeypatch.setenv("STANCE_MODEL", "")
    stances = probabilities([(evidence, claim) for evidence, claim, _ in SHIPPED])
    assert [largest(stance) for stance in stances] == [label for _, _, label in SHIPPED]


def test_evidence_too_long_to_read_at_once_counts_by_the_sentence_that_decides_most(folder):
    configure(folder, max_length=12)
    long = "Ferry ferry ferry ferry ferry. The ferry sank moored. Ferry sank. Ferry moored ferry ferry ferry."
    whole, of_one = StanceModel(folder).probabilities([(long, "ferry"), ("Ferry sank.", "ferry")])
    assert whole == of_one
