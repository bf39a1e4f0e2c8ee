"""What the stance model adds to comparison: where rules leave a pair open, and only there."""

from dataclasses import replace

from tests.verification.mentions import mention, quantity
from verification.comparison import Relation, compare, mirrored
from verification.comparison.stance import step_of


def told(text, *quantities, frame=()):
    """A mention in an article about Norland and Ostra."""
    about_norland = [("Norland", "Norland", "country")]
    return replace(
        mention(text, *quantities, entities=about_norland, frame=frame), setting=("Norland", "Ostra")
    )


def stance_steps(comparison):
    return [step for step in comparison.trace if step.feature == "stance"]


#: of these two rules make nothing; the tiny network reads "sank" as a contradiction
LEFT = told("The ferry of Norland left", frame=("ferry", "leave", ""))
SANK = told("A lorry from Norland sank in the port", frame=("lorry", "sink", ""))


def test_the_stance_of_a_text_without_figures_is_the_models(folder):
    assert compare(mention("The ferry left"), mention("The ferry sailed")).stance.supports > 0.9
    assert compare(mention("The ferry left"), mention("The ferry sank")).stance.contradicts > 0.9


def test_figures_are_never_the_models_to_judge(folder):
    a = told("The ferry carried 12 people and sailed", quantity("12 people", 12, "people"))
    b = told("The ferry carried 40 people and sailed", quantity("40 people", 40, "people"))
    found = compare(a, b)
    assert found.stance.contradicts > found.stance.supports
    assert stance_steps(found) == []


def test_a_pair_that_rules_leave_open_gets_a_step_that_names_the_model_and_its_odds(folder):
    (step,) = stance_steps(compare(LEFT, SANK))
    assert step.level == "contradicts"
    assert step.conflict > 0
    assert (step.a, step.b) in [(LEFT.text, SANK.text), (SANK.text, LEFT.text)]
    assert "version" in step.note and "%" in step.note


def test_without_a_model_there_is_no_such_step(folder, monkeypatch):
    monkeypatch.setenv("STANCE_MODEL", "none")
    assert stance_steps(compare(LEFT, SANK)) == []


def test_the_relation_is_the_same_from_either_side(folder):
    there, back = compare(LEFT, SANK), compare(SANK, LEFT)
    assert (there.relation, there.confidence) == (back.relation, back.confidence)
    assert there.trace == mirrored(back).trace


def test_the_model_never_makes_two_claims_one(folder):
    sailed = told("A lorry from Norland sailed in the port", frame=("lorry", "sail", ""))
    found = compare(LEFT, sailed)
    assert stance_steps(found)[0].level == "supports"
    assert found.relation is Relation.SUPPORTS


def reader_steps(comparison):
    return [step for step in comparison.trace if step.feature == "reader"]


def test_a_model_that_tells_relations_gives_one_step_that_weighs_all_three(relating):
    (step,) = reader_steps(compare(LEFT, SANK))
    assert step.level == "conflict"
    assert step.weight and step.conflict and step.shift
    assert "version" in step.note and "another time" in step.note


def test_where_figures_were_compared_the_reader_says_nothing_of_conflict(relating):
    (open_step,), (settled,) = (step_of(LEFT, SANK, figures) for figures in (False, True))
    assert open_step.conflict > 0
    assert settled.conflict == 0
    assert (settled.weight, settled.shift) == (open_step.weight, open_step.shift)


def test_what_the_reader_says_is_the_same_from_either_side(relating):
    there, back = compare(LEFT, SANK), compare(SANK, LEFT)
    assert (there.relation, there.confidence) == (back.relation, back.confidence)
    assert there.trace == mirrored(back).trace
