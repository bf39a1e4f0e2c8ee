"""News through the whole pipeline: what is concluded hangs on what was said, and never on how it came in."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from claims import extraction, pipeline
from claims.models import Article, Claim, Mention, Step
from claims.services.submitting import Incoming, submit
from tests import factories as make
from tests.benchmarks import families
from verification.models import ArticleWord, BlockingKey, Comparison, Event, KeyFrequency, Origin, Relation
from verification.services.reassessing import reassess
from verification.services.removing import remove_article

pytestmark = pytest.mark.django_db
GOLD = Path(families.__file__).parent / "gold"
#: two events, four articles each: an agency's report, its copy with another figure, another outlet's, an update
NEWS = tuple(article for name in ("economy", "sport") for article in families.incoming(GOLD / name))


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """A text reads the same each time; these eight are read again and again."""
    analyze = cache(extraction.analyze)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "analyze", analyze)
        patch.setattr(extraction, "analyze_many", lambda texts, **_: [analyze(*one) for one in texts])
        yield


@pytest.fixture(scope="module")
def straight(django_db_setup: None, django_db_blocker: Any, _read_once: None) -> dict[str, set[Any]]:
    """What is concluded when the articles come in the order in which they were published, in their families."""
    with django_db_blocker.unblock(), transaction.atomic(), pipeline.in_process():
        arrive(NEWS)
        found = concluded()
        transaction.set_rollback(True)
    return found


def arrive(articles: Sequence[Incoming]) -> None:
    """Each is read and cross-checked before the next comes in."""
    for article in articles:
        submit(article)
        pipeline.drain()


def concluded() -> dict[str, set[Any]]:
    """All that the machine concludes, without ids: mentions by their place, claims by their mentions."""
    rows = Mention.objects.filter(revision__is_current=True).select_related("revision__article")
    place = {row.pk: (row.revision.article.url, row.start, row.end) for row in rows}
    members: dict[int | None, set[Any]] = defaultdict(set)
    for row in rows:
        members[row.claim_id].add(place[row.pk])
    name = {claim: frozenset(own) for claim, own in members.items()}
    claims = Claim.objects.filter(merged_into=None, pk__in=name).select_related("standing", "assessment")
    return {
        "claims": {(name[c.pk], c.text, c.kind, c.checkworthiness) for c in claims},
        "standings": {
            (name[c.pk], c.standing.status, c.standing.basis, c.standing.freshness, c.standing.workflow)
            for c in claims
        },
        "assessments": {
            (
                name[c.pk],
                c.assessment.origins_for,
                c.assessment.origins_against,
                round(c.assessment.confidence, 6),
            )
            for c in claims
        },
        "comparisons": {
            (frozenset((place[c.a_id], place[c.b_id])), c.relation, c.confidence)
            for c in Comparison.objects.all()
        },
        "relations": {
            (frozenset((name[r.a_id], name[r.b_id])), r.relation, r.confidence, name.get(r.newer_id))
            for r in Relation.objects.all()
        },
        "origins": {(name[o.claim_id], o.kind, o.root, o.against, members_of(o, place)) for o in _origins()},
        "keys": {(name[k.claim_id], k.key) for k in BlockingKey.objects.all()},
        "words": set(ArticleWord.objects.values_list("article__url", "word")),
        "frequencies": set(KeyFrequency.objects.values_list("key", "claims")),
    }


def _origins() -> Any:
    return Origin.objects.prefetch_related("members")


def members_of(origin: Origin, place: dict[int, Any]) -> frozenset[Any]:
    return frozenset(
        (place[edge.mention_id], edge.rule, place.get(edge.parent_id or 0), edge.words)
        for edge in origin.members.all()
    )


def differences(one: dict[str, set[Any]], other: dict[str, set[Any]]) -> dict[str, set[Any]]:
    return {what: one[what] ^ other[what] for what in one if one[what] != other[what]}


def test_there_is_something_to_conclude(straight: dict[str, set[Any]]) -> None:
    statuses = {status for _, status, *_ in straight["standings"]}
    assert {"unverified", "disputed"} <= statuses
    assert {relation for _, relation, *_ in straight["relations"]} >= {"contradicts", "updates"}
    assert max(len(claim) for claim, *_ in straight["claims"]) > 1
    assert any(kind == "copy" for _, kind, *_ in straight["origins"])


@pytest.mark.parametrize("seed", range(2))
def test_the_order_in_which_articles_come_in_changes_nothing(
    seed: int, straight: dict[str, set[Any]]
) -> None:
    shuffled = list(NEWS)
    random.Random(seed).shuffle(shuffled)
    arrive(shuffled)
    assert differences(concluded(), straight) == {}


def test_all_at_once_comes_to_the_same_as_one_by_one(straight: dict[str, set[Any]]) -> None:
    for article in NEWS:
        submit(article)
    pipeline.drain()
    assert differences(concluded(), straight) == {}


def test_every_step_done_again_changes_nothing_and_tells_nothing(straight: dict[str, set[Any]]) -> None:
    arrive(NEWS)
    events, claims = Event.objects.count(), Claim.objects.count()
    assert not any(new for _, new in map(submit, NEWS))
    pipeline.drain()
    for kind in ("extract", "crosscheck"):
        again = Step.objects.filter(kind=kind)
        assert again.update(state=Step.State.PENDING, attempts=0) == len(NEWS)
        pipeline.drain()
        assert not Step.objects.exclude(state=Step.State.DONE).exists()
        assert differences(concluded(), straight) == {}
    assert (Event.objects.count(), Claim.objects.count()) == (events, claims)


@pytest.mark.parametrize("number", [1, 6])
def test_an_article_that_is_taken_out_might_never_have_come(number: int) -> None:
    reviewer = make.UserFactory(permissions=["claims.delete_article"])
    rest = [article for place, article in enumerate(NEWS) if place != number]
    with transaction.atomic():
        arrive(rest)
        without = concluded()
        transaction.set_rollback(True)
    arrive([*rest, NEWS[number]])
    assert differences(concluded(), without) != {}
    article = Article.objects.get(url=NEWS[number].url)
    remove_article(article.pk, actor=reviewer, reason="handed in by mistake")
    assert differences(concluded(), without) == {}


def test_what_grew_step_by_step_is_what_comes_out_from_nothing(straight: dict[str, set[Any]]) -> None:
    arrive(NEWS)
    assert list(reassess(dry_run=False)) == []
    assert differences(concluded(), straight) == {}
