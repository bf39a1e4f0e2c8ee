"""The rules on whole families of articles: who is one origin, who is copied, and why."""

import pytest

from tests.verification.origins.family import Claim, Family, groups, in_order
from tests.verification.origins.ferry import FERRY
from tests.verification.origins.museum import MUSEUM
from tests.verification.origins.plant import PLANT
from tests.verification.origins.water import WATER
from tests.verification.origins.zoo import ZOO
from verification.origins import copies, count, count_origins

FAMILIES = (FERRY, WATER, PLANT, ZOO, MUSEUM)

CLAIMS = [pytest.param(family, claim, id=claim.id) for family in FAMILIES for claim in family.claims]


@pytest.mark.parametrize(("family", "claim"), CLAIMS)
def test_origins_of_each_claim(family: Family, claim: Claim):
    voices = family.voices(claim)
    origins = count_origins(family.documents, voices)
    assert groups(origins, voices) == in_order(claim.origins)
    assert groups(origins, voices, against=True) == in_order(claim.against)


@pytest.mark.parametrize(("family", "claim"), CLAIMS)
def test_every_edge_says_what_it_rests_on(family: Family, claim: Claim):
    voices = family.voices(claim)
    where = {voice.id: voice.document for voice in voices}
    printed = {doc.id: f"{doc.byline}\n{doc.text}" for doc in family.documents}
    found = count(family.documents, voices)
    for edge in (*found.silent, *(edge for origin in found.origins for edge in origin.edges)):
        assert edge.why
        assert edge.words in printed[where[edge.voice]]
    for origin in found.origins:
        assert origin.root in origin.reason
        assert origin.reason.endswith(".")


@pytest.mark.parametrize("family", FAMILIES, ids=["ferry", "water", "plant", "zoo", "museum"])
def test_copies_among_whole_articles(family: Family):
    found = copies(family.documents)
    assert {(copy.a, copy.b) for copy in found} == family.copies
    for copy in found:
        assert 0 < copy.jaccard <= min(copy.of_a, copy.of_b) <= 1


def test_an_altered_copy_says_what_was_altered():
    claim = next(claim for claim in FERRY.claims if claim.against and "altered" in claim.id)
    [own, *_] = count_origins(FERRY.documents, FERRY.voices(claim))
    assert own.root == "altered copy of Seaboard Press Agency"
    assert "124" in own.reason


def test_an_unreadable_rumour_and_an_altered_copy_are_kept_as_silent():
    claim = next(claim for claim in FERRY.claims if "silent" in claim.id)
    [edge] = count(FERRY.documents, FERRY.voices(claim)).silent
    assert "124" in edge.why
