"""A stance model at run time, with a tiny network that counts words of the claim."""

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from verification.comparison.stance import StanceModelUnusable, loaded, probabilities
from verification.comparison.stance.model import StanceModel

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ferry", "sank", "sailed", "moored"]
#: How much each word speaks for entailment, for neutral, for contradiction.
VOTES = {"sailed": (6, 0, 0), "moored": (0, 6, 0), "sank": (0, 0, 6)}
PAIRS = [("ferry", "ferry sailed"), ("ferry", "ferry sank"), ("ferry ferry ferry", "ferry moored")]


def network(path):
    """Logits are the sum over all words of their votes; padding votes for contradiction unless masked."""
    votes = np.zeros((len(WORDS), 3), np.float32)
    for word, vote in VOTES.items():
        votes[WORDS.index(word)] = vote
    votes[0] = (0, 0, 50)
    nodes = [
        helper.make_node("Gather", ["votes", "input_ids"], ["each"]),
        helper.make_node("Cast", ["attention_mask"], ["read"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["read", "last"], ["mask"]),
        helper.make_node("Mul", ["each", "mask"], ["counted"]),
        helper.make_node("ReduceSum", ["counted", "second"], ["logits"], keepdims=0),
    ]
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    found = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])]
    weights = [
        numpy_helper.from_array(votes, "votes"),
        numpy_helper.from_array(np.array([2]), "last"),
        numpy_helper.from_array(np.array([1]), "second"),
    ]
    graph = helper.make_graph(nodes, "votes", given, found, weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    network(tmp_path / "model.onnx")
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    configure(tmp_path)
    monkeypatch.setenv("STANCE_MODEL", str(tmp_path))
    return tmp_path


def configure(folder, **more):
    labels = {"0": "ENTAILMENT", "1": "NEUTRAL", "2": "CONTRADICTION"}
    (folder / "config.json").write_text(json.dumps({"id2label": labels, **more}))


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


@pytest.mark.parametrize("setting", ["none", ""])
def test_without_a_model_there_are_no_probabilities(setting, monkeypatch):
    monkeypatch.setenv("STANCE_MODEL", setting)
    assert loaded() is None
    assert probabilities(PAIRS) == []


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
