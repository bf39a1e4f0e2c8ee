"""The scorers, on gold and system values made by hand; the right scores are worked out beside them."""

from __future__ import annotations

from datetime import date

import pytest

from claims.extraction.types import (
    AttributedSpeech,
    Attribution,
    Kind,
    Mention,
    Quantity,
    Span,
    TimeExpression,
)
from verification.comparison.types import Relation, Stance
from verification.evaluation import (
    checkworthiness,
    matching,
    news,
    origins,
    quantities,
    quotes,
    stance,
    times,
    wording,
)
from verification.evaluation.reading import Row
from verification.evaluation.scores import Counts, Share
from verification.origins.types import Copy, Edge, Origin, OriginKind, Voice


def quantity(
    value: float | None, unit: str | None, low: float | None = None, high: float | None = None
) -> Quantity:
    return Quantity(0, 5, "x", value, low, high, unit)


def row(**values: object) -> Row:
    return Row("a test", values)


def test_quantities_need_both_ends_and_then_the_unit() -> None:
    gold = quantities.read_sentence(
        row(
            text="...",
            quantities=[
                {"value": 20, "unit": "percentage"},
                {"value": None, "low": 18, "high": 20, "unit": "%"},
                {"value": [5, 6], "unit": "dollar"},
                {"value": 214, "low": 214, "high": None, "unit": "people"},
            ],
        )
    )
    assert isinstance(gold, quantities.GoldSentence)
    found = [
        quantity(20.0, "percentage point"),  # the value, not the unit
        quantity(None, "%", 18.0, 21.0),  # one end only
        quantity(None, "USD", 5.0, 6.0),
        quantity(214.0, "person", 214.0, None),
        quantity(1.2e6 * (1 + 1e-15), None),
    ]
    scores = quantities.score_sentences([(gold, found)])
    assert scores.value == Counts(right=3, spurious=2, missed=1)
    assert scores.value_and_unit == Counts(right=2, spurious=3, missed=2)


def test_where_one_kind_is_annotated_the_rest_is_not_judged() -> None:
    gold = quantities.read_sentence(
        row(
            text="...", model="CurrencyModel", quantities=[{"value": 5, "unit": "Euro", "start": 0, "end": 9}]
        )
    )
    elsewhere = Quantity(30, 32, "12", 12.0, None, None, None)
    assert isinstance(gold, quantities.GoldSentence)
    scores = quantities.score_sentences([(gold, [quantity(5.0, "EUR"), elsewhere])])
    assert scores.value_and_unit == Counts(right=1)


def test_a_unit_is_found_if_any_quantity_has_it() -> None:
    gold = quantities.read_sentence(row(text="...", unit="celsius", surface_unit="c"))
    assert isinstance(gold, quantities.GoldUnit)
    found = [quantity(2.0, "day"), quantity(25.0, "degree Celsius")]
    assert quantities.score_units([(gold, found), (gold, []), (gold, found[:1])]) == Share(1, 3)
    base = quantities.GoldUnit("...", "byte")
    outcomes = [(base, [quantity(3.0, unit)]) for unit in ("megabyte per second", "bit", "pixel per byte")]
    assert quantities.score_units(outcomes) == Share(1, 3)


def test_times_by_span_and_value() -> None:
    gold = times.read_document(
        row(
            text="...",
            reference="2025-02-18",
            timexes=[
                {"start": 0, "end": 7, "type": "DATE", "value": "2025-02-18"},
                {"start": 10, "end": 20, "type": "DATE", "value": "2025-02"},
                {"start": 30, "end": 40, "type": "DURATION", "value": "P3D"},
            ],
        )
    )
    found = [
        TimeExpression(0, 7, "Tuesday", "DATE", "2025-02-18"),
        TimeExpression(10, 20, "this month", "DATE", "2025-01"),
        TimeExpression(32, 40, "hree days", "DURATION", "P3D"),
        TimeExpression(50, 54, "once", "DATE", "PAST_REF"),
    ]
    assert [line.split(" in ")[0] for line in times.differences(gold, found)] == [
        "spurious '' = 2025-01 (2025-02-18)",  # in order of place, then of value
        "missed '' = 2025-02 (2025-02-18)",
        "missed '' = P3D (2025-02-18)",
        "spurious '' = P3D (2025-02-18)",
        "spurious '' = PAST_REF (2025-02-18)",
    ]
    scores = times.score_times([(gold, found)])
    assert gold.reference == date(2025, 2, 18)
    assert scores.strict_value == Counts(right=1, spurious=3, missed=2)
    assert scores.strict == Counts(right=2, spurious=2, missed=1)
    assert scores.relaxed == Counts(right=3, spurious=1, missed=0)
    assert scores.relaxed_value == Counts(right=2, spurious=2, missed=1)


def spans(text: str, *parts: str) -> list[list[int]]:
    return [[text.index(part), text.index(part) + len(part)] for part in parts]


def speech(text: str, source: str, cue: str, content: str, speaker: str | None) -> AttributedSpeech:
    def made(*parts: str) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in spans(text, *(part for part in parts if part)))

    return AttributedSpeech(made(source), made(cue), made(content), speaker, direct=False)


def test_attributions_need_an_anchor_and_half_of_the_content() -> None:
    text = (
        "The ferry is closed, Holt said. It will open in May, she added. Rumours were denied by the office."
    )
    gold = quotes.read_text(
        row(
            text=text,
            attributions=[
                {
                    "source": spans(text, "Holt"),
                    "cue": spans(text, "said"),
                    "content": spans(text, "The ferry is closed"),
                },
                {
                    "source": spans(text, "she"),
                    "cue": spans(text, "added"),
                    "content": spans(text, "It will open in May"),
                },
                {"source": [], "cue": spans(text, "denied"), "content": spans(text, "Rumours")},
            ],
        )
    )
    found = [
        speech(text, "Holt", "said", "ferry is closed", "Maja Holt"),  # 3 of 4 tokens
        speech(text, "", "added", "May", "Maja Holt"),  # 1 of 5 tokens: not found
        speech(text, "the office", "denied", "Rumours", "office"),  # found, but the gold names no source
        speech(text, "Holt", "", "Rumours", None),  # no anchor for the third, and the first is taken
    ]
    scores = quotes.score_quotes([(gold, found)])
    assert scores.attributions == Counts(right=2, spurious=2, missed=1)
    assert scores.speakers == Share(1, 2)


def test_a_speaker_may_be_right_by_name_alone() -> None:
    text = "Holt, who runs it, said so."
    gold = quotes.read_text(
        row(
            text=text,
            attributions=[
                {"source": spans(text, "Holt"), "cue": spans(text, "said"), "content": spans(text, "so")}
            ],
        )
    )
    for speaker, right in (("Maja Holt", 1), ("Ann Lee", 0), (None, 0)):
        scores = quotes.score_quotes([(gold, [speech(text, "", "said", "so", speaker)])])
        assert scores.speakers == Share(right, 1)


def test_checkworthiness_counts_at_the_threshold_and_ranks_by_document() -> None:
    def line(worth: bool, document: str | None) -> checkworthiness.GoldLine:
        return checkworthiness.GoldLine("...", worth, document)

    scores = checkworthiness.score_checkworthiness(
        [
            (line(True, "one"), 0.4),
            (line(False, "one"), 0.3),
            (line(False, "two"), 0.9),
            (line(True, "two"), 0.5),
            (line(False, "three"), 0.1),  # nothing worth checking: no ranking to judge
        ]
    )
    assert scores.at_threshold == Counts(right=1, spurious=1, missed=1)
    assert scores.mean_average_precision == pytest.approx((1 + 0.5) / 2)
    assert scores.documents == 2
    assert scores.best_f1 == pytest.approx(
        2 * (2 / 3) * 1 / (2 / 3 + 1)
    )  # at 0.4: two of three right, none missed


def test_equal_scores_cannot_be_divided_by_a_threshold() -> None:
    lines = [(checkworthiness.GoldLine("...", worth), 0.5) for worth in (True, False, False, False)]
    assert checkworthiness.score_checkworthiness(lines).best_f1 == pytest.approx(2 * 0.25 / 1.25)


def test_rankings_by_map_first_hit_and_recall() -> None:
    gold = [
        matching.read_query(row(query="a", relevant=["7"])),
        matching.read_query(row(query="b", relevant=["8", "9"])),
        matching.read_query(row(query="c", relevant=["1"])),
    ]
    ranked = [["7", "3"], ["4", "8", "9"], [str(n) for n in range(20, 1, -1)] + ["1"]]
    scores = matching.score_rankings(zip(gold, ranked, strict=True))
    assert scores.map_at_5 == pytest.approx((1 + (1 / 2 + 2 / 3) / 2 + 0) / 3)
    assert scores.precision_at_1 == Share(1, 3)
    assert scores.found_in_20 == Share(3, 3)


def test_paraphrases_are_the_same_only_by_that_relation() -> None:
    same, other = matching.GoldParaphrase("a", "b", True), matching.GoldParaphrase("a", "c", False)
    scores = matching.score_paraphrases(
        [
            (same, Relation.SAME),
            (same, Relation.SUPPORTS),
            (other, Relation.SAME),
            (other, Relation.CONTRADICTS),
        ]
    )
    assert scores.same == Counts(right=1, spurious=1, missed=1)
    assert scores.accuracy == Share(2, 4)


def test_stance_over_two_classes_takes_the_larger_of_two() -> None:
    def gold(label: str) -> stance.GoldStance:
        return stance.read_stance(row(evidence="e", claim="c", label=label))

    doubtful = Stance(supports=0.2, contradicts=0.1, neutral=0.7)
    two = stance.score_stance([(gold("supports"), doubtful), (gold("contradicts"), doubtful)])
    assert two.accuracy == 0.5
    assert two.of("supports") == Counts(1, 1, 0)
    three = stance.score_stance([(gold("supports"), doubtful), (gold("neutral"), doubtful)])
    assert three.of("neutral") == Counts(1, 1, 0)
    undecided = Stance(1 / 3, 1 / 3, 1 / 3)
    assert stance.score_stance([(gold("neutral"), undecided)]).accuracy == 1


def origin(against: bool, *voices: str) -> Origin:
    edges = tuple(Edge(voice, OriginKind.COPY, None, "root", "words") for voice in voices)
    return Origin(OriginKind.COPY, "root", against, edges, "because")


def test_origins_by_number_by_pairs_and_by_the_error_that_matters() -> None:
    def claim(name: str, *parts: str, against: tuple[str, ...] = ()) -> origins.GoldClaim:
        voices = tuple(Voice(article, article, 0, 1) for article in "pqrs")
        return origins.GoldClaim(
            name, voices, tuple(map(frozenset, parts)), tuple(map(frozenset, against)), weak=False
        )

    scores = origins.score_origins(
        [
            (claim("one", "pqr"), [origin(False, "p", "q"), origin(False, "r")]),  # false corroboration
            (
                claim("two", "pq", "r", against=("s",)),
                [origin(False, "p", "q", "r"), origin(True, "s")],
            ),  # missed
            (
                claim("three", "pq", "r"),
                [origin(False, "p"), origin(False, "q", "r")],
            ),  # number right, sets wrong
            (claim("four", "pq"), [origin(False, "q", "p")]),
        ]
    )
    assert scores.exact == Share(2, 4)
    assert scores.false_corroborations == Share(1, 4)
    assert scores.missed_corroborations == Share(1, 4)
    assert scores.partitions == Share(1, 4)
    assert scores.against == Share(4, 4)
    # pq of pq pr qr; pq and two too many of pq; qr instead of pq; pq
    assert scores.pairs == Counts(right=3, spurious=3, missed=3)


def test_copies_have_no_direction_here() -> None:
    gold = frozenset({frozenset("pq"), frozenset("pr")})
    found = [Copy("q", "p", 50, 0.5, 0.5, 0.4), Copy("q", "r", 50, 0.5, 0.5, 0.4)]
    assert origins.score_copies(gold, found) == Counts(right=1, spurious=1, missed=1)


NEWS = "The mill lost 1,200 jobs in 2024, Holt said. Sign up here. It may close in May. Some say it is ugly."


def gold_claim(words: str, **changes: object) -> news.GoldClaim:
    start = NEWS.index(words)
    values: dict[str, object] = {
        "start": start,
        "end": start + len(words),
        "speaker": None,
        "voice": "asserted",
        "quantities": (),
        "dates": (),
        "optional": False,
        "negated": False,
        "hedged": False,
    }
    return news.GoldClaim(**(values | changes))  # type: ignore[arg-type]


def mention(words: str, **changes: object) -> Mention:
    start = NEWS.index(words)
    span = Span(start, start + len(words))
    values: dict[str, object] = {
        "start": span.start,
        "end": span.end,
        "text": words,
        "sentence": span,
        "claim": words,
        "kind": Kind.STATE,
    }
    return Mention(**(values | changes))  # type: ignore[arg-type]


def article(*claims: news.GoldClaim) -> news.GoldArticle:
    start = NEWS.index("Sign up")
    return news.GoldArticle("mill", NEWS, None, claims, ((start, start + len("Sign up here.")),))


def test_claims_by_recall_precision_and_what_is_said_of_the_found() -> None:
    year = news.GoldDate(date(2024, 1, 1), date(2024, 12, 31), implicit=False)
    today = news.GoldDate(date(2025, 2, 18), date(2025, 2, 18), implicit=True)
    gold = article(
        gold_claim(
            "The mill lost 1,200 jobs in 2024",
            speaker="Maja Holt",
            voice="reported",
            quantities=(((1200.0, 1200.0), "job"),),
            dates=(year, today),
        ),
        gold_claim("It may close in May.", hedged=True),
        gold_claim("Some say it is ugly.", optional=True),
    )
    found = [
        mention(
            "The mill lost 1,200 jobs in 2024, Holt said.",
            speaker="Holt",
            attribution=Attribution.ALLEGED,
            quantities=(
                Quantity(14, 24, "1,200 jobs", 1200.0, None, None, "job"),
                Quantity(28, 32, "2024", 2024.0, None, None, None),
            ),
            times=(
                TimeExpression(28, 32, "2024", "DATE", "2024", date(2024, 1, 1), date(2024, 12, 31)),
                TimeExpression(0, 1, "now", "DATE", "PRESENT_REF", date(2025, 2, 18), date(2025, 2, 18)),
            ),
        ),
        mention("Sign up here."),
        mention("Some say it is ugly.", speaker="people", attribution=Attribution.REPORTED),
    ]
    scores = news.score_claims([(gold, found)])
    assert scores.required == Share(1, 2)
    assert scores.precise == Share(2, 3)  # the optional claim counts as right
    assert scores.not_claims == Share(1, 1)
    assert scores.speaker == Share(1, 2)
    assert scores.voice == Share(1, 2)
    assert scores.numbers == Counts(right=1, spurious=1)
    assert scores.dates == Counts(right=1)
    assert scores.negated == Share(2, 2)
    assert scores.hedged == Share(2, 2)


def test_what_is_wrong_with_an_article_is_told_line_by_line() -> None:
    gold = article(
        gold_claim("The mill lost 1,200 jobs in 2024", speaker="Maja Holt", voice="reported"),
        gold_claim("It may close in May."),
    )
    found = [mention("The mill lost 1,200 jobs in 2024"), mention("Sign up here.")]
    assert news.differences(gold, found) == [
        "mill: missed 'It may close in May.'",
        "mill: spurious 'Sign up here.'",
        "mill: speaker None should be Maja Holt in 'The mill lost 1,200 jobs in 2024'",
        "mill: attribution asserted should be reported in 'The mill lost 1,200 jobs in 2024'",
    ]


def test_a_claim_within_a_mention_that_says_more_is_found_once() -> None:
    gold = article(gold_claim("The mill lost 1,200 jobs"), gold_claim("in 2024"))
    scores = news.score_claims([(gold, [mention("The mill lost 1,200 jobs in 2024, Holt said.")])])
    assert scores.required == Share(1, 2)


def test_an_article_without_gold_is_left_out() -> None:
    bare = news.GoldArticle("bare", NEWS, None, None, ())
    assert news.score_claims([(bare, [mention("Sign up here.")])]).precise == Share()


def test_a_denied_mention_is_a_negated_one() -> None:
    gold = article(gold_claim("It may close in May.", negated=True))
    denied = mention("It may close in May.", attribution=Attribution.DENIED)
    assert news.score_claims([(gold, [denied])]).negated == Share(1, 1)


def test_pairs_with_a_claim_that_was_not_found_count_as_unrelated() -> None:
    side = news.GoldSide("mill", 0, 5, None)

    def pair(label: str) -> news.GoldPair:
        return news.GoldPair(side, side, label, weak=False)

    scores = news.score_pairs(
        [
            (pair("same/agree"), Relation.SUPPORTS),
            (pair("contradict"), Relation.CONTRADICTS),
            (pair("different-time"), None),
            (pair("unrelated"), None),
        ]
    )
    # three classes at 1, 0 and (1 right, 1 spurious) 2/3
    assert scores.macro_f1 == pytest.approx((1 + 1 + 0 + 2 / 3) / 4)


def test_the_mention_of_a_side_is_the_closest_that_covers_half() -> None:
    gold = article()
    words = "The mill lost 1,200 jobs in 2024"
    side = news.GoldSide("mill", 0, len(words), None)
    whole, part, other = mention(words + ", Holt said."), mention("The mill lost"), mention("Sign up here.")
    assert news.closest(gold, side, [other, part, whole]) is whole
    assert news.closest(gold, side, [other, part]) is None


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Maria Lund resigned on Friday 14 March 2025.", ()),
        ("She resigned on Friday.", ("She", "Friday")),
        ("The port authority said that it had cut 40 jobs in 2024.", ()),
        ("It cut 40 jobs last year.", ("It", "last year")),
        ("Its profit fell.", ("Its",)),
        ("Prices rose 3% in February 2026 from a year earlier.", ()),
        ("We lost 40 houses.", ("We",)),
        ("Maria Lund said: “We lost 40 houses”.", ()),
        ("Maria Lund said: “He lied to us”.", ("He",)),  # who he is stands outside the quotation
        ("It is not known whether the bridge was safe.", ()),
    ],
)
def test_a_claim_is_understood_alone(claim: str, expected: tuple[str, ...]) -> None:
    assert wording.loose([claim]) == [expected]
