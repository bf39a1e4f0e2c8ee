"""A tiny network in the place of a stance model: it counts the votes of words."""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, processors

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ferry", "sank", "sailed", "moored"]
#: How much each word speaks for entailment, for neutral, for contradiction.
VOTES = {"sailed": (6, 0, 0), "moored": (0, 6, 0), "sank": (0, 0, 6)}


RELATIONS = ["same/agree", "contradict", "unrelated", "different-time"]
#: which relation each word speaks for, in that order
RELATION_VOTES = {"sailed": (6, 0, 0, 0), "sank": (0, 6, 0, 0), "moored": (0, 0, 6, 0)}


def network(path, relates=False):
    """Logits are the sum over all words of their votes; padding votes for contradiction unless masked.

    One that ``relates`` has a second output, of relations.
    """
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
    if relates:
        related = np.zeros((len(WORDS), 4), np.float32)
        for word, vote in RELATION_VOTES.items():
            related[WORDS.index(word)] = vote
        weights.append(numpy_helper.from_array(related, "related"))
        nodes += [
            helper.make_node("Gather", ["related", "input_ids"], ["each related"]),
            helper.make_node("ReduceSum", ["each related", "second"], ["relations"], keepdims=0),
        ]
        found.append(helper.make_tensor_value_info("relations", TensorProto.FLOAT, ["batch", 4]))
    graph = helper.make_graph(nodes, "votes", given, found, weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def make(folder, relates=False):
    """A model folder with that network."""
    network(folder / "model.onnx", relates)
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))
    configure(folder, **({"relations": RELATIONS} if relates else {}))


def configure(folder, **more):
    labels = {"0": "ENTAILMENT", "1": "NEUTRAL", "2": "CONTRADICTION"}
    (folder / "config.json").write_text(json.dumps({"id2label": labels, **more}))
